package dev.socketlab.network;

import java.util.List;
import java.util.stream.IntStream;
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
@SuppressWarnings("ImmutableEnumChecker") // List.of and Stream.toList
@API(status = Status.EXPERIMENTAL, since = "0.1")
public enum Traffic {
  /** UDP datagrams, or their fragments, each a packet. */
  UDP("UDP", "meta l4proto udp"),
  /** TCP segments. */
  TCP("TCP", "meta l4proto tcp"),
  /** Everything that IPv4 carries: UDP, TCP, ICMP. */
  ALL("", ""),
  /** The first segment of a connection. */
  SYN("SYN", flags("syn", "syn", "ack")),
  /** The answer to it. */
  SYN_ACK("SYN-ACK", flags("syn, ack", "syn", "ack")),
  /** Acknowledgements that carry neither data nor SYN, FIN or RST. */
  BARE_ACK("bare ACK", bareAcks()),
  /** Segments with FIN, with or without data. */
  FIN("FIN", "tcp flags & fin == fin"),
  /** Segments with RST. */
  RST("RST", "tcp flags & rst == rst"),
  /** Fragments of packets that were larger than the MTU: each of them, the first included. */
  FRAGMENT("fragment", "ip frag-off & 0x3fff != 0");

  private final String label;
  private final List<String> matches;

  Traffic(String label, String match) {
    this(label, List.of(match));
  }

  Traffic(String label, List<String> matches) {
    this.label = label;
    this.matches = matches;
  }

  /** Conditions in nftables' language, of which a packet meets at most one. */
  List<String> matches() {
    return matches;
  }

  /**
   * Names one of these packets.
   *
   * @return for instance {@code UDP packet}
   */
  @Override
  public String toString() {
    return (label + " packet").strip();
  }

  private static String flags(String set, String... of) {
    return "tcp flags & (%s) == %s".formatted(String.join(" | ", of), set.replace(", ", " | "));
  }

  /**
   * Without data, the length of the packet is that of its headers. nftables does not calculate, so
   * there is a condition for each length of the TCP header, in words of 4 bytes.
   */
  private static List<String> bareAcks() {
    return IntStream.rangeClosed(5, 15)
        .mapToObj(words ->
            "%s tcp doff %s ip length %s"
                .formatted(flags("ack", "fin", "syn", "rst", "ack"), words, 20 + 4 * words))
        .toList();
  }
}
