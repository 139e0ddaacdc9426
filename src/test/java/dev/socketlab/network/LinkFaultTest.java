package dev.socketlab.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.socketlab.network.LinkFault.Counts;
import dev.socketlab.network.internal.PrivateNetworkThread;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What nft 1.0.6 and tc of iproute2 6.1.0 print, and what a fault makes of its counts. */
class LinkFaultTest {

  private static final String NFT =
      """
      table ip socketlab_1 {
      \tcounter seen {
      \t\tpackets 14 bytes 428
      \t}

      \tcounter dropped {
      \t\tpackets 4 bytes 122
      \t}

      \tchain arriving {
      \t\ttype filter hook input priority filter; policy accept;
      \t\tiifname "link0" meta l4proto udp counter name "seen" numgen inc mod 3 2 counter name "dropped" drop
      \t}
      }
      """;
  private static final String TC =
      """
      qdisc tbf 8001: root refcnt 3 rate 1Mbit burst 2000b lat 16ms\s
       Sent 9120 bytes 12 pkt (dropped 5, overlimits 17 requeues 0)\s
       backlog 0b 0p requeues 0
      """;

  @Test
  void countersAreReadFromTheTools() {
    assertThat(NftDrop.counts(NFT)).isEqualTo(new Counts(14, 4));
    assertThat(NetworkHost.queueCounts(TC)).isEqualTo(new Counts(17, 5));
  }

  @Test
  void aCounterThatIsNotThereIsNoZero() {
    assertThatThrownBy(() -> NftDrop.counts(NFT.replace("counter dropped", "counter x")))
        .hasMessageContaining("nft shows no counters")
        .hasMessageContaining("socketlab_1");
    assertThatThrownBy(() -> NetworkHost.queueCounts("qdisc noqueue 0: root refcnt 2"))
        .hasMessageContaining("tc shows no")
        .hasMessageContaining("noqueue");
  }

  @Test
  void theCountsOutliveTheFaultAndItIsRemovedOnce() {
    List<String> removed = new ArrayList<>();
    List<Counts> counts = List.of(new Counts(3, 1), new Counts(6, 2));
    int[] reads = {0};
    LinkFault fault =
        new LinkFault("a fault", () -> counts.get(reads[0]++), () -> removed.add("once"));
    assertThat(fault.dropped()).isEqualTo(1);
    fault.close();
    fault.close();
    assertThat(removed).containsExactly("once");
    assertThat(fault.counts()).isEqualTo(new Counts(6, 2));
    assertThat(fault).hasToString("a fault");
  }

  @Test
  void faultsThatMakeNoSenseAreRefused() {
    try (PrivateNetworkThread nowhere = new PrivateNetworkThread()) {
      NetworkHost host = new NetworkHost(nowhere, InetAddress.ofLiteral("198.18.0.2"));
      assertThatIllegalArgumentException()
          .isThrownBy(() -> host.dropEvery(1, Traffic.UDP))
          .withMessage("n must be at least 2: n=1");
      assertThatIllegalArgumentException()
          .isThrownBy(() -> host.dropPercent(100, Traffic.UDP))
          .withMessageContaining("percent=100");
      assertThatIllegalArgumentException()
          .isThrownBy(() -> host.capBandwidth(8_000, 1_999, 0))
          .withMessageContaining("burstBytes=1999");
      assertThatIllegalArgumentException()
          .isThrownBy(() -> host.delay(Duration.ofNanos(999)))
          .withMessageContaining("delay=PT0.000000999S");
    }
  }
}
