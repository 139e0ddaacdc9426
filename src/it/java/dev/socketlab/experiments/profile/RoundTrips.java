package dev.socketlab.experiments.profile;

import dev.socketlab.load.LoadDriver;
import dev.socketlab.load.LoadPlan;
import dev.socketlab.load.LoadResult;
import dev.socketlab.qsl.gateway.OrderConversation;
import dev.socketlab.subject.Subject;
import java.io.IOException;

/**
 * Round trips with a gateway, one after the other: connect, NewOrder and Heartbeat in one write,
 * read and check the replies, close. Sides alternate, so that each second order trades.
 */
final class RoundTrips {

  /** Connections that one round trip is accepted on. */
  static final int ACCEPTS = 1;

  /** Reads of one round trip: both requests, and the end of the input. */
  static final int READS = 2;

  /** Writes of one round trip: both replies in one. */
  static final int WRITES = 1;

  /** Descriptors that are closed in one round trip. */
  static final int CLOSES = 1;

  private RoundTrips() {}

  /** Drives; a round trip that is not completed makes the run invalid. */
  static LoadResult drive(Subject gateway, long roundTrips) throws IOException {
    LoadResult result =
        LoadDriver.run(
            LoadPlan.sequential(gateway.address(), roundTrips), OrderConversation.ofOwnOrders(1));
    if (!result.isComplete()) {
      throw new IllegalStateException(
          gateway.describe(
              "completed %d of %d round trips; the first failures are %s"
                  .formatted(result.completed(), roundTrips, result.failures().first())));
    }
    return result;
  }
}
