package dev.socketlab.qsl.gateway;

/**
 * How a gateway listens.
 *
 * @param port port; 0 takes a free one
 * @param backlog how many established connections may wait to be accepted, less one; the kernel
 *     bounds it by {@code net.core.somaxconn}
 * @param maxConnections how many sessions may be open; new connections beyond that are closed at
 *     once
 * @param allAddresses whether it listens on all addresses, as it must in a container, or on
 *     127.0.0.1 alone
 */
public record GatewayOptions(int port, int backlog, int maxConnections, boolean allAddresses) {
  /** The port by default. */
  public static final int DEFAULT_PORT = 9009;

  /** The backlog by default. */
  public static final int DEFAULT_BACKLOG = 1024;

  /** No connection cap. */
  public static final int UNLIMITED = Integer.MAX_VALUE;

  /**
   * Check the values.
   *
   * @throws IllegalArgumentException if one is out of range
   */
  public GatewayOptions {
    if (port < 0 || port > 65_535) {
      throw new IllegalArgumentException("out of range: port=" + port + ", allowed=0..65535");
    }
    if (backlog < 1 || maxConnections < 1) {
      throw new IllegalArgumentException(
          "out of range: backlog="
              + backlog
              + ", maxConnections="
              + maxConnections
              + ", allowed=1 or more");
    }
  }

  /**
   * Return the options of a gateway with the default backlog and no connection cap.
   *
   * @param port port of 127.0.0.1; 0 takes a free one
   * @return options
   */
  public static GatewayOptions onPort(int port) {
    return new GatewayOptions(port, DEFAULT_BACKLOG, UNLIMITED, false);
  }

  /**
   * Return these options with another backlog.
   *
   * @param newBacklog at least 1
   * @return options
   */
  public GatewayOptions withBacklog(int newBacklog) {
    return new GatewayOptions(port, newBacklog, maxConnections, allAddresses);
  }

  /**
   * Return these options with a connection cap.
   *
   * @param newMaxConnections at least 1
   * @return options
   */
  public GatewayOptions withMaxConnections(int newMaxConnections) {
    return new GatewayOptions(port, backlog, newMaxConnections, allAddresses);
  }

  /**
   * Return these options for a gateway that listens on all addresses.
   *
   * @return options
   */
  public GatewayOptions onAllAddresses() {
    return new GatewayOptions(port, backlog, maxConnections, true);
  }
}
