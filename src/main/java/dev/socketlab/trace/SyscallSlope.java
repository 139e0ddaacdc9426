package dev.socketlab.trace;

import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;

/**
 * Calls per operation, from two runs that differ only in the number of operations.
 *
 * {@snippet :
 * SyscallSlope slope = new SyscallSlope(1_007, 2_007, 1_000); // calls for 1,000, then for 2,000
 * long perOperation = slope.nearestInteger(); // 1
 * }
 *
 * @param calls calls of the run with fewer operations
 * @param largerCalls calls of the run with more
 * @param operations how many operations more, at least 1
 */
@API(status = Status.EXPERIMENTAL, since = "0.1")
public record SyscallSlope(long calls, long largerCalls, long operations) {

  private static final long OPERATIONS_PER_CALL_LEFT_OVER = 100;
  private static final long LEAST_TOLERANCE = 2;

  /** Check that there is something to divide by. */
  public SyscallSlope {
    if (operations <= 0) {
      throw new IllegalArgumentException("operations must be > 0: " + operations);
    }
  }

  /**
   * Add slopes of the same two runs.
   *
   * @param slopes of several calls, at least one
   * @return the slope of all of them together
   */
  public static SyscallSlope sum(List<SyscallSlope> slopes) {
    return new SyscallSlope(
        slopes.stream().mapToLong(SyscallSlope::calls).sum(),
        slopes.stream().mapToLong(SyscallSlope::largerCalls).sum(),
        slopes.getFirst().operations());
  }

  /**
   * Divide.
   *
   * @return (largerCalls − calls) / operations; negative when the larger run made fewer
   */
  public double perOperation() {
    return (double) (largerCalls - calls) / operations;
  }

  /**
   * Round to the whole number of calls per operation that is nearest.
   *
   * @return that number
   */
  public long nearestInteger() {
    return Math.round(perOperation());
  }

  /**
   * Tell how far the slope is from a whole number, in calls.
   *
   * @return the calls left over after {@link #nearestInteger()} per operation: 0 when each
   *     operation makes exactly that many, small against {@link #operations()} when few deviate, up
   *     to half of it when the slope is no whole number
   */
  public long residualCalls() {
    return largerCalls - calls - nearestInteger() * operations;
  }

  /**
   * Tell how many calls may be left over where each operation makes a whole number of them: the
   * load meets its beginning and its end.
   *
   * @return one call in a hundred operations, and two in any case
   */
  public long tolerance() {
    return Math.max(LEAST_TOLERANCE, operations / OPERATIONS_PER_CALL_LEFT_OVER);
  }

  /**
   * Tell the calls per operation, where they are a whole number.
   *
   * @return {@link #nearestInteger()}; empty when more calls than {@link #tolerance()} are left
   *     over
   */
  public OptionalLong whole() {
    return Math.abs(residualCalls()) <= tolerance()
        ? OptionalLong.of(nearestInteger())
        : OptionalLong.empty();
  }

  /**
   * Show the slope and its residual.
   *
   * @return for instance {@code 2.001 per operation (2, and 1 calls left over in 1000 operations)}
   */
  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "%.3f per operation (%d, and %d calls left over in %d operations)",
        perOperation(),
        nearestInteger(),
        residualCalls(),
        operations);
  }
}
