package dev.socketlab.experiments.stress;

import dev.socketlab.probe.Sysctl;

/**
 * What Linux makes of a request for SO_RCVBUF: it is clamped to {@code net.core.rmem_max}, doubled
 * to leave room for the kernel's own overhead, and never below a minimum (man 7 socket). Without a
 * request the buffer is {@code net.core.rmem_default}.
 */
record ReceiveBufferRule(long defaultBytes, long maxBytes) {

  /** The kernel's SOCK_MIN_RCVBUF depends on the size of a structure; it is above this. */
  private static final long MINIMUM_IS_ABOVE = 2_048;

  private static final long MINIMUM_IS_BELOW = 4_096;

  static ReceiveBufferRule ofThisSystem() {
    return new ReceiveBufferRule(
        Sysctl.number("net.core.rmem_default"), Sysctl.number("net.core.rmem_max"));
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
    return "rmem_default = %d, rmem_max = %d".formatted(defaultBytes, maxBytes);
  }
}
