package dev.socketlab.trace.internal;

import dev.socketlab.trace.Slope;
import dev.socketlab.trace.SyscallFamily;
import dev.socketlab.trace.SyscallMix;
import dev.socketlab.trace.TraceException;
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
    Slope reads = mix.slope(SyscallFamily.READ);
    Slope writes = mix.slope(SyscallFamily.WRITE);
    // A virtual machine now and then reads a file for itself, for instance how much memory is free:
    // less than once for each operation, and less than is tolerated.
    boolean served =
        reads.perOperation() >= 1
            || writes.perOperation() >= 1
            || added(reads) + added(writes) > reads.tolerance();
    if (!ring && !served) {
      throw new TraceException(
          "no serving system call was seen: more operations made no more reads, writes or "
              + IO_URING
              + "; does the load reach the process that was traced?\n"
              + mix);
    }
  }

  private static long added(Slope slope) {
    return slope.larger() - slope.smaller();
  }
}
