package dev.socketlab.assertion;

import dev.socketlab.trace.Slope;
import dev.socketlab.trace.SyscallFamily;
import dev.socketlab.trace.SyscallMix;
import dev.socketlab.trace.internal.SyscallNames;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;
import org.assertj.core.api.AbstractAssert;

/**
 * Assertions about a {@link SyscallMix}. Each failure shows the whole table of calls per operation.
 *
 * {@snippet :
 * assertThat(mix)
 *     .saw("accept4", "read", "write", "close")
 *     .callsPerOperation("read").isEqualTo(1)
 *     .callsPerOperation("write").isEqualTo(1)
 *     .makesNoOtherCallThan(Set.of("read", "write"), 0.5);
 * }
 */
@API(status = Status.MAINTAINED, since = "0.1")
public final class SyscallMixAssert extends AbstractAssert<SyscallMixAssert, SyscallMix> {

  SyscallMixAssert(SyscallMix actual) {
    super(actual, SyscallMixAssert.class);
  }

  /**
   * Looks at the calls per operation of one system call.
   *
   * @param name the kernel's name, for instance {@code read}
   * @return assertions about their number
   * @throws IllegalArgumentException if no kernel has such a call
   */
  public CallsPerOperation callsPerOperation(String name) {
    return callsPerOperation(List.of(name));
  }

  /**
   * Looks at the calls per operation of several system calls together, for instance of one whose
   * name depends on the architecture: AArch64 has {@code epoll_pwait} alone.
   *
   * @param names the kernel's names, for instance {@code epoll_wait} and {@code epoll_pwait}
   * @return assertions about the sum of their numbers
   * @throws IllegalArgumentException if no kernel has one of these calls
   */
  public CallsPerOperation callsPerOperation(List<String> names) {
    isNotNull();
    requireKnown(names);
    return callsPerOperation(String.join("|", names), actual.slope(names));
  }

  /**
   * Looks at the calls per operation of system calls that do the same.
   *
   * @param family the calls
   * @return assertions about the sum of their numbers
   */
  public CallsPerOperation callsPerOperation(SyscallFamily family) {
    isNotNull();
    return callsPerOperation(String.join("|", family.members()), actual.slope(family));
  }

  private CallsPerOperation callsPerOperation(String what, Slope slope) {
    return new CallsPerOperation(this, what, slope);
  }

  /**
   * Verifies that the loads made these calls.
   *
   * @param names the kernel's names; of a name in a {@link SyscallFamily}, any member will do
   * @return this
   * @throws AssertionError with those that are missing
   * @throws IllegalArgumentException if no kernel has such a call
   */
  public SyscallMixAssert saw(String... names) {
    isNotNull();
    requireKnown(Arrays.asList(names));
    List<String> missing = Arrays.stream(names).filter(name -> !actual.saw(name)).toList();
    if (!missing.isEmpty()) {
      throw failed("expected to see " + missing + " (or their like), but they were not made");
    }
    return this;
  }

  /**
   * Verifies that no other call than the expected ones grows with the operations. {@link
   * SyscallMix#RUNTIME_CALLS} are not looked at.
   *
   * @param expected the kernel's names
   * @param atMostPerOperation how many of each other call there may be, for instance 0.5
   * @return this
   * @throws AssertionError with the calls that are too many
   * @throws IllegalStateException if the tracer watches some calls only
   * @throws IllegalArgumentException if no kernel has such a call
   */
  public SyscallMixAssert makesNoOtherCallThan(Set<String> expected, double atMostPerOperation) {
    isNotNull();
    requireKnown(expected);
    if (!actual.larger().counts().exhaustive()) {
      throw new IllegalStateException(
          "other calls cannot be excluded: "
              + actual.tracer()
              + " watched only "
              + actual.larger().counts().counts().keySet()
              + "; use a tracer that watches all");
    }
    Set<String> others = new TreeSet<>();
    for (Map.Entry<String, Slope> entry : actual.slopes().entrySet()) {
      if (!expected.contains(entry.getKey())
          && !SyscallMix.RUNTIME_CALLS.contains(entry.getKey())
          && entry.getValue().perOperation() > atMostPerOperation) {
        others.add(entry.getKey());
      }
    }
    if (!others.isEmpty()) {
      throw failed(
          String.format(
              Locale.ROOT,
              "expected at most %s per operation of each call other than %s, but of %s there are"
                  + " more",
              atMostPerOperation,
              new TreeSet<>(expected),
              others));
    }
    return this;
  }

  /** A call that is misspelt was never made either, and that would pass for a result. */
  private static void requireKnown(Collection<String> names) {
    for (String name : names) {
      if (!SyscallNames.known().contains(name)) {
        throw new IllegalArgumentException(
            "\"" + name + "\" is no system call; give the kernel's name, as strace shows it");
      }
    }
  }

  AssertionError failed(String fact) {
    return failure("%n%s%n%s", fact, actual);
  }

  /**
   * Assertions about the calls per operation of one system call or family. What a whole number of
   * calls per operation leaves over must be small: at most one call in a hundred operations, and
   * two in any case (where the load meets its beginning and end), unless {@link #within} says
   * otherwise.
   *
   * {@snippet :
   * assertThat(mix).callsPerOperation("write").isEqualTo(1);
   * assertThat(mix).callsPerOperation("epoll_wait").isAtMost(1.5);
   * }
   */
  public static final class CallsPerOperation {

    private final SyscallMixAssert mix;
    private final String what;
    private final Slope slope;
    private final long tolerance;

    CallsPerOperation(SyscallMixAssert mix, String what, Slope slope) {
      this(mix, what, slope, slope.tolerance());
    }

    private CallsPerOperation(SyscallMixAssert mix, String what, Slope slope, long tolerance) {
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
    public CallsPerOperation within(long calls) {
      if (calls < 0) {
        throw new IllegalArgumentException("a tolerance must be >= 0 calls: " + calls);
      }
      return new CallsPerOperation(mix, what, slope, calls);
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
      long leftOver = slope.larger() - slope.smaller() - expected;
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
      if (slope.larger() - slope.smaller() + tolerance < calls * slope.operations()) {
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
      if (slope.larger() - slope.smaller() - tolerance > calls * slope.operations()) {
        throw mix.failed("expected at most %s of %s, found %s".formatted(calls, what, slope));
      }
      return mix;
    }
  }
}
