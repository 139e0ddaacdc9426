package dev.socketlab.load;

import java.time.Duration;
import java.util.List;
import org.HdrHistogram.Histogram;

/**
 * What came of a load.
 *
 * @param sessions sessions that were planned
 * @param completed sessions whose replies were all right and which ended as planned
 * @param failed all others
 * @param firstFailures what went wrong with the first of them, at most {@link #FAILURES_KEPT}
 * @param wall from before the first connection to the end of the last session
 * @param driverCpu processor time of the calling thread, user and system
 * @param latencies in nanoseconds: of whole sessions, connecting included, if they have one round
 *     trip each, and of every round trip otherwise; those of failed sessions are not in it
 */
public record LoadResult(
    long sessions,
    long completed,
    long failed,
    List<String> firstFailures,
    Duration wall,
    Duration driverCpu,
    Histogram latencies) {
  /** How many failures are kept in words. */
  public static final int FAILURES_KEPT = 10;

  /**
   * Return whether every session completed.
   *
   * @return false if at least one failed
   */
  public boolean isComplete() {
    return failed == 0 && completed == sessions;
  }

  /**
   * Return how many sessions completed in a second of the wall time.
   *
   * @return sessions per second
   */
  public double sessionsPerSecond() {
    return completed / (wall.toNanos() / 1e9);
  }

  /**
   * Return how much of the wall time the driver's thread was running: near 1, the driver may be the
   * bottleneck.
   *
   * @return 0 to 1
   */
  public double driverShare() {
    return (double) driverCpu.toNanos() / wall.toNanos();
  }
}
