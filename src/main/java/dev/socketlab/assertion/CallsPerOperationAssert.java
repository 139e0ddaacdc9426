package dev.socketlab.assertion;

import dev.socketlab.probe.SyscallSlope;

/**
 * Assertions about the calls per operation of one system call or family. What a whole number of
 * calls per operation leaves over must be small: at most one call in a hundred operations, and two
 * in any case (where the load meets its beginning and end), unless told by {@link #within}.
 *
 * <pre>{@code
 * assertThat(mix).callsPerOperation("write").isEqualTo(1);
 * assertThat(mix).callsPerOperation("epoll_wait").isAtMost(1.5);
 * }</pre>
 */
public final class CallsPerOperationAssert {

  private static final long OPERATIONS_PER_CALL_LEFT_OVER = 100;
  private static final long LEAST_TOLERANCE = 2;

  private final SyscallMixAssert mix;
  private final String what;
  private final SyscallSlope slope;
  private final long tolerance;

  CallsPerOperationAssert(SyscallMixAssert mix, String what, SyscallSlope slope) {
    this(mix, what, slope, tolerance(slope));
  }

  /**
   * {@return how many calls more or less still are a whole number of calls per operation}
   *
   * @param slope the slope
   */
  public static long tolerance(SyscallSlope slope) {
    return Math.max(LEAST_TOLERANCE, slope.operations() / OPERATIONS_PER_CALL_LEFT_OVER);
  }

  private CallsPerOperationAssert(
      SyscallMixAssert mix, String what, SyscallSlope slope, long tolerance) {
    this.mix = mix;
    this.what = what;
    this.slope = slope;
    this.tolerance = tolerance;
  }

  /**
   * States how many calls may be left over, more or less.
   *
   * @param calls the tolerance in calls over all operations, at least 0
   * @return assertions with this tolerance
   */
  public CallsPerOperationAssert within(long calls) {
    if (calls < 0) {
      throw new IllegalArgumentException("a tolerance must be >= 0 calls: " + calls);
    }
    return new CallsPerOperationAssert(mix, what, slope, calls);
  }

  /**
   * Verifies that each operation makes exactly so many calls, within the tolerance.
   *
   * @param calls how many
   * @return the assertions about the whole mix
   * @throws AssertionError with the whole table
   */
  public SyscallMixAssert isEqualTo(long calls) {
    long expected = calls * slope.operations();
    long leftOver = slope.largerCalls() - slope.calls() - expected;
    if (Math.abs(leftOver) > tolerance) {
      throw mix.failed(
          "expected %d of %s per operation within %d calls, but %d operations leave %+d: %s"
              .formatted(calls, what, tolerance, slope.operations(), leftOver, slope));
    }
    return mix;
  }

  /**
   * Verifies that operations make at least so many calls on average, within the tolerance.
   *
   * @param calls how many
   * @return the assertions about the whole mix
   * @throws AssertionError with the whole table
   */
  public SyscallMixAssert isAtLeast(double calls) {
    if (slope.largerCalls() - slope.calls() + tolerance < calls * slope.operations()) {
      throw mix.failed("expected at least %s of %s, found %s".formatted(calls, what, slope));
    }
    return mix;
  }

  /**
   * Verifies that operations make at most so many calls on average, within the tolerance.
   *
   * @param calls how many
   * @return the assertions about the whole mix
   * @throws AssertionError with the whole table
   */
  public SyscallMixAssert isAtMost(double calls) {
    if (slope.largerCalls() - slope.calls() - tolerance > calls * slope.operations()) {
      throw mix.failed("expected at most %s of %s, found %s".formatted(calls, what, slope));
    }
    return mix;
  }
}
