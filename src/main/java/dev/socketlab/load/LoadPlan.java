package dev.socketlab.load;

import java.net.InetSocketAddress;
import java.time.Duration;

/**
 * How much load, and how.
 *
 * @param address the server
 * @param sessions how many sessions in all
 * @param concurrency how many of them at a time; a session that ends is followed by the next
 * @param roundTrips how many round trips each session has on its one connection
 * @param closing how a session ends
 * @param timeLimit how long a session with one round trip, or one round trip of a longer session,
 *     may take before it counts as failed
 * @param bufferBytes the longest request, and the longest incomplete reply, in bytes
 */
public record LoadPlan(
    InetSocketAddress address,
    long sessions,
    int concurrency,
    long roundTrips,
    Closing closing,
    Duration timeLimit,
    int bufferBytes) {
  private static final Duration DEFAULT_TIME_LIMIT = Duration.ofSeconds(10);
  private static final int DEFAULT_BUFFER_BYTES = 8192;

  /**
   * Check the values.
   *
   * @throws IllegalArgumentException if one is out of range
   */
  public LoadPlan {
    if (sessions < 1
        || concurrency < 1
        || roundTrips < 1
        || bufferBytes < 1
        || timeLimit.toMillis() < 1) {
      throw new IllegalArgumentException(
          "out of range: sessions="
              + sessions
              + ", concurrency="
              + concurrency
              + ", roundTrips="
              + roundTrips
              + ", bufferBytes="
              + bufferBytes
              + ", timeLimitMs="
              + timeLimit.toMillis()
              + ", allowed=1 or more");
    }
  }

  /**
   * Plan sessions one after the other, each with one round trip. The next one starts when the
   * server has closed the one before.
   *
   * @param address the server
   * @param sessions how many
   * @return a plan
   */
  public static LoadPlan sequential(InetSocketAddress address, long sessions) {
    return new LoadPlan(
        address,
        sessions,
        1,
        1,
        Closing.HALF_CLOSE_AFTER_REPLIES,
        DEFAULT_TIME_LIMIT,
        DEFAULT_BUFFER_BYTES);
  }

  /**
   * Plan sessions of one round trip, several at a time.
   *
   * @param address the server
   * @param sessions how many in all
   * @param concurrency how many at a time
   * @return a plan
   */
  public static LoadPlan concurrent(InetSocketAddress address, long sessions, int concurrency) {
    return new LoadPlan(
        address,
        sessions,
        concurrency,
        1,
        Closing.HALF_CLOSE_AFTER_REQUEST,
        DEFAULT_TIME_LIMIT,
        DEFAULT_BUFFER_BYTES);
  }

  /**
   * Plan connections that stay open for many round trips.
   *
   * @param address the server
   * @param connections how many, all at the same time
   * @param roundTrips how many on each of them
   * @return a plan
   */
  public static LoadPlan persistent(InetSocketAddress address, int connections, long roundTrips) {
    return new LoadPlan(
        address,
        connections,
        connections,
        roundTrips,
        Closing.HALF_CLOSE_AFTER_REPLIES,
        DEFAULT_TIME_LIMIT,
        DEFAULT_BUFFER_BYTES);
  }

  /**
   * Return this plan with another end of each session.
   *
   * @param newClosing how a session ends
   * @return a plan
   */
  public LoadPlan closing(Closing newClosing) {
    return new LoadPlan(
        address, sessions, concurrency, roundTrips, newClosing, timeLimit, bufferBytes);
  }

  /**
   * Return this plan with another bound in time.
   *
   * @param newTimeLimit at least 1 ms
   * @return a plan
   */
  public LoadPlan timeLimit(Duration newTimeLimit) {
    return new LoadPlan(
        address, sessions, concurrency, roundTrips, closing, newTimeLimit, bufferBytes);
  }
}
