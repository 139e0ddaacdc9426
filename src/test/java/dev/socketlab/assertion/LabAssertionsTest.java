package dev.socketlab.assertion;

import static dev.socketlab.assertion.LabAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.socketlab.ledger.Ledger;
import dev.socketlab.ledger.UdpLedger;
import org.junit.jupiter.api.Test;

class LabAssertionsTest {

  private static UdpLedger ledger(long received, long drops, long tail) {
    return UdpLedger.titled("stalled small, trial 1 of 4")
        .published(14_820)
        .received(received)
        .socketDrops(drops, "net/udp")
        .backlogDropsAbsent("shared loopback")
        .gaps(0, 0, tail)
        .build();
  }

  @Test
  void balancedBooksPass() {
    assertThatCode(
            () -> assertThat(ledger(4, 14_816, 14_816)).balance().lost(14_816).lostAtLeast(1))
        .doesNotThrowAnyException();
  }

  @Test
  void brokenBooksShowTheWholeLedgerAndWhereItIsOff() {
    assertThatThrownBy(() -> assertThat(ledger(3, 14_816, 14_816)).balance())
        .isInstanceOf(AssertionError.class)
        .hasMessageContainingAll(
            "stalled small, trial 1 of 4",
            "published       14820  publisher: sends that succeeded",
            "socket drops    14816  net/udp",
            "every datagram is accounted for: published = received + socket drops",
            "14820 = 3 + 14816: off by +1",
            "every loss shows as a gap",
            "verdict: OFF");
  }

  @Test
  void aLossThatIsNotTheOneExpectedShowsTheLedger() {
    assertThatThrownBy(() -> assertThat(ledger(4, 14_816, 14_816)).lost(0))
        .hasMessageContaining("expected 0 datagrams to be lost, but 14816 were")
        .hasMessageContaining("socket drops");
    assertThatThrownBy(() -> assertThat(ledger(14_820, 0, 0)).lostAtLeast(1))
        .hasMessageContaining("expected at least 1 datagrams to be lost, but 0 were");
  }

  @Test
  void aLedgerThatCannotBeEvaluatedDoesNotBalance() {
    Ledger ledger =
        Ledger.titled("half known")
            .account("published", 5, "publisher")
            .absent("received", "not counted here")
            .equation("nothing is lost", "published", "received")
            .build();
    assertThatThrownBy(() -> assertThat(ledger).balances())
        .hasMessageContaining("cannot be evaluated");
  }
}
