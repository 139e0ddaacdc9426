package dev.socketlab.load;

import java.io.IOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/**
 * How a driver thread waits for answers until its next start is due. A selector sleeps for whole
 * milliseconds. What is left of the time, or a shorter time, is slept only where no answer can
 * come; with something in flight it looks without sleeping, so that no answer is noticed late.
 */
final class Wait {
  private static final long MILLISECOND_NS = 1_000_000;
  // A sleep ends about this much late: the kernel's timer slack of 50 us, and waking up.
  private static final long SLEEP_OVERRUN_NS = 100_000;

  private final Selector selector;
  private final Consumer<SelectionKey> onReady;
  private final long longestMs;

  Wait(Selector selector, Consumer<SelectionKey> onReady, long longestMs) {
    this.selector = selector;
    this.onReady = onReady;
    this.longestMs = longestMs;
  }

  /** Handle answers; return when some were handled, or near the end of the time, or before it. */
  void forAnswers(long waitNs, long inFlight) throws IOException {
    long sleepNs = waitNs - SLEEP_OVERRUN_NS;
    if (sleepNs >= MILLISECOND_NS) {
      selector.select(onReady, Math.min(sleepNs / MILLISECOND_NS, longestMs));
    } else if (inFlight > 0) {
      selector.selectNow(onReady);
    } else if (sleepNs > 0) {
      LockSupport.parkNanos(sleepNs);
    }
  }
}
