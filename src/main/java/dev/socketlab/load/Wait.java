package dev.socketlab.load;

import java.io.IOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/**
 * How a driver thread waits for answers until its next start is due. A selector's timeout has whole
 * milliseconds, so the last of them is waited out in short sleeps between looks at the sockets;
 * where something has just happened, or the start is near, it looks without sleeping.
 */
final class Wait {
  private static final long MILLISECOND_NS = 1_000_000;
  // A sleep ends this much late: the kernel's timer slack of 50 us, and waking up.
  private static final long SLEEP_OVERRUN_NS = 70_000;
  private static final long LONGEST_SLEEP_NS = 100_000;
  private static final long ALERT_NS = 100_000;

  private final Selector selector;
  private final Consumer<SelectionKey> onReady;
  private final long longestMs;
  private long alertUntilNs = System.nanoTime();

  Wait(Selector selector, Consumer<SelectionKey> onReady, long longestMs) {
    this.selector = selector;
    this.onReady = onReady;
    this.longestMs = longestMs;
  }

  /** Handle answers; return when some were handled, or near the end of the time, or before it. */
  void forAnswers(long waitNs) throws IOException {
    if (waitNs >= 2 * MILLISECOND_NS) {
      // One less: a timeout ends up to a millisecond late.
      selector.select(onReady, Math.min(waitNs / MILLISECOND_NS - 1, longestMs));
      return;
    }
    long nowNs = System.nanoTime();
    if (selector.selectNow(onReady) > 0) {
      alertUntilNs = nowNs + ALERT_NS;
    } else if (waitNs > SLEEP_OVERRUN_NS && nowNs - alertUntilNs >= 0) {
      LockSupport.parkNanos(Math.min(waitNs - SLEEP_OVERRUN_NS, LONGEST_SLEEP_NS));
    }
  }
}
