package dev.socketlab.trace.internal;

import dev.socketlab.trace.SyscallCounts;
import java.time.Instant;
import java.util.concurrent.locks.LockSupport;

/**
 * The time in which the calls of a load are counted, its rest included. What a subject does by its
 * own clock is in two windows of one length as often, however slow the machine, and a slope is free
 * of it. So the window of the smaller load is kept open as long as that of the larger one, which
 * therefore comes first.
 */
final class Window {

  private final Instant began = Instant.now();
  private final long beganNs = System.nanoTime();

  long lastedNs() {
    return System.nanoTime() - beganNs;
  }

  /** Leaves the subject alone until the window is as old. */
  void keepOpen(long forNs) {
    for (long left = forNs - lastedNs(); left > 0; left = forNs - lastedNs()) {
      LockSupport.parkNanos(left);
    }
  }

  SyscallCounts before(StraceLog log) {
    return log.between(Instant.EPOCH, began);
  }

  /** The calls that began in the window, up to a length. */
  SyscallCounts in(StraceLog log, long lengthNs) {
    return log.between(began, began.plusNanos(lengthNs));
  }
}
