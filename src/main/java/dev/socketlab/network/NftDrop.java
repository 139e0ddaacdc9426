package dev.socketlab.network;

import dev.socketlab.network.LinkFault.Counts;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A table of nftables that drops some of what arrives over a link and counts both. It looks at
 * packets before the kernel puts fragments together, which nftables does at priority -400, and
 * before any socket sees them.
 *
 * @param name the table's
 * @param text its definition
 */
record NftDrop(String name, String text) {
  private static final AtomicInteger TABLES = new AtomicInteger();
  private static final Pattern COUNTER =
      Pattern.compile("counter (seen|dropped) \\{\\s+packets (\\d+) ");

  /**
   * Describe a table.
   *
   * @param device where the packets arrive
   * @param traffic which packets are seen
   * @param choice which of these are dropped, in nftables' language; all where it is empty
   */
  static NftDrop of(String device, Traffic traffic, String choice) {
    String name = "socketlab_" + TABLES.incrementAndGet();
    String rules =
        traffic.matches().stream()
            .map(match -> "    iifname \"%s\" %s jump fault".formatted(device, match))
            .collect(Collectors.joining("\n"));
    return new NftDrop(
        name,
        """
        table ip %s {
          counter seen { }
          counter dropped { }
          chain fault {
            counter name "seen" %s counter name "dropped" drop
          }
          chain arriving {
            type filter hook prerouting priority -450; policy accept;
        %s
          }
        }
        """
            .formatted(name, choice, rules));
  }

  static Counts counts(String listed) {
    long seen = -1;
    long dropped = -1;
    Matcher counter = COUNTER.matcher(listed);
    while (counter.find()) {
      long packets = Long.parseLong(counter.group(2));
      if (counter.group(1).equals("seen")) {
        seen = packets;
      } else {
        dropped = packets;
      }
    }
    if (seen < 0 || dropped < 0) {
      throw new IllegalStateException("nft shows no counters \"seen\" and \"dropped\": " + listed);
    }
    return new Counts(seen, dropped);
  }
}
