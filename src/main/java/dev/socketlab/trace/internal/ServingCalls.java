package dev.socketlab.trace.internal;

import dev.socketlab.trace.SyscallFamily;
import dev.socketlab.trace.SyscallMix;
import dev.socketlab.trace.TraceException;
import java.util.List;
import java.util.Map;

/**
 * Refuses a count in which the load does not show: it did not reach the process that was traced.
 */
public final class ServingCalls {

  /** Does the work of reads and writes where a server uses it. */
  private static final String IO_URING = "io_uring_enter";

  private ServingCalls() {}

  public static void requireIn(SyscallMix mix) {
    Map<String, ?> counts = mix.larger().counts().counts();
    boolean ring = counts.containsKey(IO_URING) && mix.slope(IO_URING).perOperation() > 0;
    boolean served =
        List.of(SyscallFamily.READ, SyscallFamily.WRITE).stream()
            .anyMatch(family -> mix.slope(family).perOperation() > 0);
    if (!ring && !served) {
      throw new TraceException(
          "no serving system call was seen: more operations made no more reads, writes or "
              + IO_URING
              + "; does the load reach the process that was traced?\n"
              + mix);
    }
  }
}
