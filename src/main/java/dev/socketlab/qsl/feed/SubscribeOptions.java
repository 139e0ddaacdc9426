package dev.socketlab.qsl.feed;

import java.time.Duration;

/**
 * How to subscribe.
 *
 * @param port UDP port on 127.0.0.1, 0 to 65535; 0 takes a free one
 * @param count end after this many datagrams, at least 0
 * @param receiveBufferBytes the SO_RCVBUF to ask for, at least 0; 0 leaves the default alone
 * @param controlled whether to obey lines on standard input, from holding back to the end
 * @param firstWithin how long to wait for the first datagram, unless controlled
 */
public record SubscribeOptions(
    int port, long count, int receiveBufferBytes, boolean controlled, Duration firstWithin) {
  /** A count that is never reached. */
  public static final long UNLIMITED = Long.MAX_VALUE;

  /** The longest wait: some centuries. */
  public static final Duration FOREVER = Duration.ofNanos(Long.MAX_VALUE);
}
