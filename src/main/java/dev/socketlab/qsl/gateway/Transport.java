package dev.socketlab.qsl.gateway;

import java.time.Duration;

/**
 * A running gateway: something that carries bytes between TCP connections and their sessions. It
 * listens from the moment that {@link TransportKind#start} returns it. Safe for use by several
 * threads.
 */
public interface Transport extends AutoCloseable {
  /**
   * Return the port of 127.0.0.1 that it listens on.
   *
   * @return the bound port, also after the stop
   */
  int port();

  /**
   * Return what it has counted.
   *
   * @return a snapshot
   */
  GatewayCounters counters();

  /**
   * Stop gracefully. No connection is accepted any more. Sessions go on, and each ends as soon as
   * its peer has been silent for a moment (250 to 500 ms) and nothing is left to send to it; what
   * is left after the grace is cut off. Returns when no connection and no thread is left; does
   * nothing if it has been stopped.
   *
   * @param grace how long sessions may take
   */
  void stop(Duration grace);

  /** Stop without grace. */
  @Override
  default void close() {
    stop(Duration.ZERO);
  }
}
