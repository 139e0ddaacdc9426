package dev.socketlab.trace;

import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;

/**
 * What one operation adds to a count, from two loads that differ only in the number of operations:
 * system calls in a {@link SyscallMix}, counters of the kernel in a {@link CounterMix}.
 *
 * {@snippet :
 * Slope slope = new Slope(1_007, 2_007, 1_000); // calls for 1,000 operations, then for 2,000
 * long perOperation = slope.nearestInteger(); // 1
 * }
 *
 * @param smaller the count of the load with fewer operations
 * @param larger the count of the load with more
 * @param operations how many operations more, at least 1
 */
@API(status = Status.EXPERIMENTAL, since = "0.1")
public record Slope(long smaller, long larger, long operations) {

  private static final long OPERATIONS_PER_COUNT_LEFT_OVER = 100;
  private static final long LEAST_TOLERANCE = 2;

  /** Check that there is something to divide by. */
  public Slope {
    if (operations <= 0) {
      throw new IllegalArgumentException("operations must be > 0: " + operations);
    }
  }

  /**
   * Add slopes of the same two loads.
   *
   * @param slopes of several calls or counters, at least one
   * @return the slope of all of them together
   */
  public static Slope sum(List<Slope> slopes) {
    return new Slope(
        slopes.stream().mapToLong(Slope::smaller).sum(),
        slopes.stream().mapToLong(Slope::larger).sum(),
        slopes.getFirst().operations());
  }

  /**
   * Divide.
   *
   * @return (larger − smaller) / operations; negative when the larger load counted fewer
   */
  public double perOperation() {
    return (double) (larger - smaller) / operations;
  }

  /**
   * Round to the whole number per operation that is nearest.
   *
   * @return that number
   */
  public long nearestInteger() {
    return Math.round(perOperation());
  }

  /**
   * Tell how far the slope is from a whole number, as a count.
   *
   * @return what is left over after {@link #nearestInteger()} per operation: 0 when each operation
   *     adds exactly that many, small against {@link #operations()} when few deviate, up to half of
   *     it when the slope is no whole number
   */
  public long leftOver() {
    return larger - smaller - nearestInteger() * operations;
  }

  /**
   * Tell how many may be left over where each operation adds a whole number: the load meets its
   * beginning and its end.
   *
   * @return one in a hundred operations, and two in any case
   */
  public long tolerance() {
    return Math.max(LEAST_TOLERANCE, operations / OPERATIONS_PER_COUNT_LEFT_OVER);
  }

  /**
   * Tell what one operation adds, where that is a whole number.
   *
   * @return {@link #nearestInteger()}; empty when more than {@link #tolerance()} is left over
   */
  public OptionalLong whole() {
    return Math.abs(leftOver()) <= tolerance()
        ? OptionalLong.of(nearestInteger())
        : OptionalLong.empty();
  }

  /**
   * Show the slope and what is left over.
   *
   * @return for instance {@code 2.001 per operation (2, and 1 left over in 1000 operations)}
   */
  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "%.3f per operation (%d, and %d left over in %d operations)",
        perOperation(),
        nearestInteger(),
        leftOver(),
        operations);
  }
}
