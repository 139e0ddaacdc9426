package dev.socketlab.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class UdpBooksTest {
  @Test
  void booksOfAStalledReceiverBalance() {
    UdpBooks books =
        burst()
            .socketDrops(96, "net/udp drops")
            .backlogDrops(0, "net/dev lo rx drop")
            .gaps(0, 0, 96)
            .protocolCounters(udp(100, 4, 96), IpVersion.V4)
            .build();

    assertThat(books.lost()).isEqualTo(96);
    assertThat(books.ledger().balances()).as(books.ledger().toString()).isTrue();
    assertThat(books.ledger().equations()).hasSize(5);
    assertThat(books.ledger().account("RcvbufErrors").origin())
        .isEqualTo("net/snmp Udp RcvbufErrors");
  }

  @Test
  void everyEquationCanFail() {
    UdpBooks books =
        burst()
            .socketDrops(95, "net/udp drops")
            .backlogDrops(0, "net/dev lo rx drop")
            .gaps(1, 2, 90)
            .protocolCounters(udp(101, 5, 96), IpVersion.V4)
            .build();

    assertThat(books.ledger().imbalances()).hasSize(5);
  }

  @Test
  void backlogDropsAreATermOfTheMainEquation() {
    UdpBooks.Builder books = burst().socketDrops(90, "net/udp drops").withoutSequenceNumbers();

    assertThat(books.backlogDrops(6, "net/dev lo rx drop").build().ledger().balances()).isTrue();
    assertThat(books.backlogDropsAbsent("shared network").build().ledger().toString())
        .contains("100 = 4 + 90: off by +6")
        .contains("backlog drops        absent  shared network\n".replace("        ", "  "));
  }

  @Test
  void dropsOfALinkAreATermOfTheMainEquationAndTwoHostsCountForThemselves() {
    UdpBooks.Builder books =
        burst()
            .socketDrops(90, "net/udp drops")
            .backlogDropsAbsent("two hosts")
            .withoutSequenceNumbers()
            .protocolCounters(udp(100, 0, 0), udp(0, 4, 90), IpVersion.V4);

    assertThat(books.linkDrops(6, "nft counter").build().ledger().balances()).isTrue();
    assertThat(books.linkDrops(5, "nft counter").build().ledger().imbalances())
        .singleElement()
        .asString()
        .contains("published = received + socket drops + link drops")
        .contains("100 = 4 + 90 + 5: off by +1");
  }

  @Test
  void unknownSocketDropsLeaveTheBooksUndetermined() {
    UdpBooks books =
        burst()
            .socketDropsAbsent("this system shows no drops per socket")
            .backlogDropsAbsent("this system has no such counter")
            .gaps(0, 0, 96)
            .build();

    assertThat(books.ledger().verdict()).isEqualTo(Ledger.Verdict.UNDETERMINED);
    assertThat(books.ledger().imbalances()).isEmpty();
  }

  @Test
  void forgottenFiguresAreRefused() {
    assertThatIllegalStateException()
        .isThrownBy(() -> burst().backlogDrops(0, "x").gaps(0, 0, 96).build())
        .withMessage("the books need a figure, or a reason for its absence: account=socket drops");
    assertThatIllegalStateException()
        .isThrownBy(() -> burst().socketDrops(96, "x").backlogDrops(0, "x").build())
        .withMessageEndingWith("account=interior gaps");
    assertThatIllegalStateException()
        .isThrownBy(() -> UdpBooks.titled("x").published(1).build())
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
    UdpBooks books =
        UdpBooks.titled("duplicates")
            .published(3)
            .received(4)
            .socketDrops(0, "x")
            .backlogDrops(0, "x")
            .withoutSequenceNumbers()
            .build();

    assertThat(books.lost()).isEqualTo(-1);
    assertThat(books.ledger().verdict()).isEqualTo(Ledger.Verdict.OFF);
  }

  private static UdpBooks.Builder burst() {
    return UdpBooks.titled("burst").published(100).received(4);
  }

  private static ProtocolCounterDeltas udp(long out, long in, long rcvbufErrors) {
    Map<String, Long> counters = new LinkedHashMap<>();
    counters.put("OutDatagrams", out);
    counters.put("InDatagrams", in);
    counters.put("RcvbufErrors", rcvbufErrors);
    return new ProtocolCounterDeltas("test", Map.of("Udp", counters));
  }
}
