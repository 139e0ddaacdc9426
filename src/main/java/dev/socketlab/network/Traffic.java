package dev.socketlab.network;

import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;

/**
 * The packets that a fault on a link applies to. All are IPv4: the link has no IPv6, and no ARP
 * either, because both ends know each other's hardware address from the start.
 *
 * {@snippet :
 * LinkFault fault = hosts.peer().dropEvery(3, Traffic.UDP);
 * }
 */
@API(status = Status.EXPERIMENTAL, since = "0.1")
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
