package dev.socketlab.probe;

import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;

/**
 * Tell the kernel's two socket tables per protocol apart.
 *
 * {@snippet :
 * UdpSocket socket =
 *     UdpSockets.read(NetworkView.ofCallingThread(), IpVersion.V4).onlyOnPort(port);
 * }
 */
@API(status = Status.EXPERIMENTAL, since = "0.1")
public enum IpVersion {
  /** IPv4 sockets: {@code net/udp}, {@code net/tcp}. */
  V4("", 8),
  /**
   * IPv6 sockets: {@code net/udp6}, {@code net/tcp6}. A dual-stack socket, which is what Java opens
   * by default, is found here even when all its traffic is IPv4.
   */
  V6("6", 32);

  private final String suffix;
  private final int hexDigits;

  IpVersion(String suffix, int hexDigits) {
    this.suffix = suffix;
    this.hexDigits = hexDigits;
  }

  String table(String protocol) {
    return protocol + suffix;
  }

  String remoteColumn() {
    return this == V4 ? "rem_address" : "remote_address";
  }

  int hexDigits() {
    return hexDigits;
  }
}
