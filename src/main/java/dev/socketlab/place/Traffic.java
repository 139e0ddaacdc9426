package dev.socketlab.place;

/**
 * The packets that a fault on a link applies to. All are IPv4: the link has no IPv6, and no ARP
 * either, because both ends know each other's hardware address from the start.
 *
 * <pre>{@code
 * LinkFault fault = hosts.peer().dropEvery(3, Traffic.UDP);
 * }</pre>
 */
public enum Traffic {
  /** UDP datagrams. */
  UDP("meta l4proto udp"),
  /** TCP segments. */
  TCP("meta l4proto tcp"),
  /** Everything that IPv4 carries: UDP, TCP, ICMP. */
  ALL("");

  private final String match;

  Traffic(String match) {
    this.match = match;
  }

  /** The condition in nftables' language. */
  String match() {
    return match;
  }
}
