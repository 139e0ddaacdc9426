package dev.socketlab.probe;

import java.util.Locale;

/**
 * Calls per operation, from two runs that differ only in the number of operations.
 *
 * <pre>{@code
 * SyscallSlope slope = new SyscallSlope(1_007, 2_007, 1_000); // calls for 1,000, then for 2,000
 * long perOperation = slope.nearestInteger(); // 1
 * }</pre>
 *
 * @param calls calls of the run with fewer operations
 * @param largerCalls calls of the run with more
 * @param operations how many operations more, at least 1
 */
public record SyscallSlope(long calls, long largerCalls, long operations) {

  /** Check that there is something to divide by. */
  public SyscallSlope {
    if (operations <= 0) {
      throw new IllegalArgumentException("operations must be > 0: " + operations);
    }
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
