package dev.socketlab.load;

import java.time.Duration;
import org.HdrHistogram.Histogram;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;

/**
 * What came of a load. An operation is a session, or a round trip on a persistent connection; all
 * but the failures is of the measured part only.
 *
 * {@snippet :
 * assertThat(result.isComplete()).as("%s", result.failures()).isTrue();
 * long p99Us = result.latencies().getValueAtPercentile(99) / 1_000;
 * }
 *
 * @param planned operations that were planned
 * @param completed operations whose replies were all right and which ended as planned
 * @param failures all that failed, with the warm-up
 * @param wall from when the first driver thread runs, or in an open loop from the intended time of
 *     the first start, to the end of the last operation
 * @param driverCpu processor time of the driver threads, user and system
 * @param threads how many driver threads there were
 * @param latencies of completed operations, in nanoseconds: of a session from its connect, of a
 *     round trip from its request; in an open loop both from the intended start
 * @param startLag open loop: how much later than intended the driver made each start, in
 *     nanoseconds; otherwise empty
 */
@API(status = Status.EXPERIMENTAL, since = "0.1")
public record LoadResult(
    long planned,
    long completed,
    Failures failures,
    Duration wall,
    Duration driverCpu,
    int threads,
    Histogram latencies,
    Histogram startLag) {

  /** {@return whether every operation completed, and nothing failed before or after either} */
  public boolean isComplete() {
    return failures.total() == 0 && completed == planned;
  }

  /** {@return how many operations completed in a second of the wall time} */
  public double perSecond() {
    return completed / (wall.toNanos() / 1e9);
  }
}
