package dev.socketlab.experiments.stress;

import dev.socketlab.probe.Sysctl;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.channels.DatagramChannel;
import java.util.Optional;

/**
 * What Linux makes of a request for SO_RCVBUF: it is clamped to {@code net.core.rmem_max}, doubled
 * to leave room for the kernel's own overhead, and never below a minimum (man 7 socket). Without a
 * request the buffer is {@code net.core.rmem_default}.
 *
 * <p>Where neither setting can be read (a JVM in a network of its own, before Linux 6.11), both are
 * taken from a socket of this process, so that the rule is still one that another process's socket
 * can break.
 */
record ReceiveBufferRule(long defaultBytes, long maxBytes, String source) {

  /** The kernel's SOCK_MIN_RCVBUF depends on the size of a structure; it is above this. */
  private static final long MINIMUM_IS_ABOVE = 2_048;

  private static final long MINIMUM_IS_BELOW = 4_096;

  static ReceiveBufferRule ofThisSystem() {
    Optional<String> defaultBytes = Sysctl.find("net.core.rmem_default");
    Optional<String> maxBytes = Sysctl.find("net.core.rmem_max");
    return defaultBytes.isPresent() && maxBytes.isPresent()
        ? new ReceiveBufferRule(
            Long.parseLong(defaultBytes.get()), Long.parseLong(maxBytes.get()), "")
        : ofASocket();
  }

  /** Java halves what the kernel granted, which is twice what it was asked for. */
  static ReceiveBufferRule ofASocket() {
    try (DatagramChannel socket = DatagramChannel.open(StandardProtocolFamily.INET)) {
      long untouched = 2L * socket.getOption(StandardSocketOptions.SO_RCVBUF);
      socket.setOption(StandardSocketOptions.SO_RCVBUF, Integer.MAX_VALUE / 2);
      return new ReceiveBufferRule(
          untouched,
          socket.getOption(StandardSocketOptions.SO_RCVBUF),
          ", by a socket of the driver: this network does not show the settings");
    } catch (IOException failure) {
      throw new UncheckedIOException("a socket's receive buffer cannot be read", failure);
    }
  }

  boolean permits(long requestedBytes, long grantedBytes) {
    if (requestedBytes == 0) {
      return grantedBytes == defaultBytes;
    }
    long doubled = 2 * Math.min(requestedBytes, maxBytes);
    return grantedBytes == doubled
        || (doubled < MINIMUM_IS_BELOW
            && grantedBytes > MINIMUM_IS_ABOVE
            && grantedBytes < MINIMUM_IS_BELOW
            && grantedBytes > doubled);
  }

  boolean clamps(long requestedBytes) {
    return requestedBytes > maxBytes;
  }

  String describeClamp(String setting, long requestedBytes) {
    return "The kernel clamped the request of %d bytes at the level %s to net.core.rmem_max = %d."
        .formatted(requestedBytes, setting, maxBytes);
  }

  @Override
  public String toString() {
    return "rmem_default = %d, rmem_max = %d%s".formatted(defaultBytes, maxBytes, source);
  }
}
