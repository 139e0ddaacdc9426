package dev.socketlab.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.socketlab.probe.IpVersion;
import dev.socketlab.probe.ProtocolCounters;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class UdpLedgerTest {
  @Test
  void booksOfAStalledReceiverBalance() {
    UdpLedger ledger =
        burst()
            .socketDrops(96, "net/udp drops")
            .backlogDrops(0, "net/dev lo rx drop")
            .gaps(0, 0, 96)
            .protocolCounters(udp(100, 4, 96), IpVersion.V4)
            .build();

    assertThat(ledger.lost()).isEqualTo(96);
    assertThat(ledger.ledger().balances()).as(ledger.ledger().toString()).isTrue();
    assertThat(ledger.ledger().equations()).hasSize(5);
    assertThat(ledger.ledger().account("RcvbufErrors").origin())
        .isEqualTo("net/snmp Udp RcvbufErrors");
  }

  @Test
  void everyEquationCanFail() {
    UdpLedger ledger =
        burst()
            .socketDrops(95, "net/udp drops")
            .backlogDrops(0, "net/dev lo rx drop")
            .gaps(1, 2, 90)
            .protocolCounters(udp(101, 5, 96), IpVersion.V4)
            .build();

    assertThat(ledger.ledger().imbalances()).hasSize(5);
  }

  @Test
  void backlogDropsAreATermOfTheMainEquation() {
    UdpLedger.Builder ledger = burst().socketDrops(90, "net/udp drops").withoutSequenceNumbers();

    assertThat(ledger.backlogDrops(6, "net/dev lo rx drop").build().ledger().balances()).isTrue();
    assertThat(ledger.backlogDropsAbsent("shared network").build().ledger().toString())
        .contains("100 = 4 + 90: off by +6")
        .contains("backlog drops        absent  shared network\n".replace("        ", "  "));
  }

  @Test
  void dropsOfALinkAreATermOfTheMainEquationAndTwoHostsCountForThemselves() {
    UdpLedger.Builder ledger =
        burst()
            .socketDrops(90, "net/udp drops")
            .backlogDropsAbsent("two hosts")
            .withoutSequenceNumbers()
            .protocolCounters(udp(100, 0, 0), udp(0, 4, 90), IpVersion.V4);

    assertThat(ledger.linkDrops(6, "nft counter").build().ledger().balances()).isTrue();
    assertThat(ledger.linkDrops(5, "nft counter").build().ledger().imbalances())
        .singleElement()
        .asString()
        .contains("published = received + socket drops + link drops")
        .contains("100 = 4 + 90 + 5: off by +1");
  }

  @Test
  void whatWasQueuedAtTheCloseIsATermOfTheMainEquation() {
    UdpLedger.Builder ledger =
        burst()
            .socketDrops(66, "net/udp drops")
            .backlogDropsAbsent("two hosts")
            .gaps(0, 0, 96)
            .queuedAtClose(30, "rx_queue / truesize");

    assertThat(ledger.build().ledger().balances()).isTrue();
    assertThat(ledger.queuedAtClose(29, "x").build().ledger().imbalances())
        .singleElement()
        .asString()
        .contains("published = received + socket drops + queued at the close")
        .contains("100 = 4 + 66 + 29: off by +1");
    assertThat(ledger.queuedAtCloseAbsent("several sizes").build().ledger().verdict())
        .isEqualTo(Ledger.Verdict.UNDETERMINED);
    assertThatIllegalArgumentException().isThrownBy(() -> ledger.queuedAtClose(-1, "x"));
  }

  @Test
  void unknownSocketDropsLeaveTheBooksUndetermined() {
    UdpLedger ledger =
        burst()
            .socketDropsAbsent("this system shows no drops per socket")
            .backlogDropsAbsent("this system has no such counter")
            .gaps(0, 0, 96)
            .build();

    assertThat(ledger.ledger().verdict()).isEqualTo(Ledger.Verdict.UNDETERMINED);
    assertThat(ledger.ledger().imbalances()).isEmpty();
  }

  @Test
  void forgottenFiguresAreRefused() {
    assertThatIllegalStateException()
        .isThrownBy(() -> burst().backlogDrops(0, "x").gaps(0, 0, 96).build())
        .withMessage(
            "the ledger needs a figure, or a reason for its absence: account=socket drops");
    assertThatIllegalStateException()
        .isThrownBy(() -> burst().socketDrops(96, "x").backlogDrops(0, "x").build())
        .withMessageEndingWith("account=interior gaps");
    assertThatIllegalStateException()
        .isThrownBy(() -> UdpLedger.titled("x").published(1).build())
        .withMessageEndingWith("account=received");
  }

  @Test
  void negativeCountsAreRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> burst().gaps(0, -1, 0))
        .withMessage("a count of datagrams is negative: account=head loss, value=-1");
  }

  @Test
  void moreReceivedThanPublishedIsANegativeLossAndOff() {
    UdpLedger ledger =
        UdpLedger.titled("duplicates")
            .published(3)
            .received(4)
            .socketDrops(0, "x")
            .backlogDrops(0, "x")
            .withoutSequenceNumbers()
            .build();

    assertThat(ledger.lost()).isEqualTo(-1);
    assertThat(ledger.ledger().verdict()).isEqualTo(Ledger.Verdict.OFF);
  }

  private static UdpLedger.Builder burst() {
    return UdpLedger.titled("burst").published(100).received(4);
  }

  private static ProtocolCounters.Deltas udp(long out, long in, long rcvbufErrors) {
    Map<String, Long> counters = new LinkedHashMap<>();
    counters.put("OutDatagrams", out);
    counters.put("InDatagrams", in);
    counters.put("RcvbufErrors", rcvbufErrors);
    return new ProtocolCounters.Deltas("test", Map.of("Udp", counters));
  }
}
