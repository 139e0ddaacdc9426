package dev.socketlab.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class LedgerTest {
  @Test
  void balancedBooksShowEveryFigure() {
    Ledger ledger = burst(96).build();

    assertThat(ledger.balances()).isTrue();
    assertThat(ledger.imbalances()).isEmpty();
    assertThat(ledger.title()).isEqualTo("burst");
    assertThat(ledger.accounts())
        .extracting(Ledger.Account::name)
        .containsExactly("published", "received", "socket drops");
    assertThat(ledger)
        .hasToString(
            """
            burst
              published     100  publisher
              received        4  subscriber
              socket drops   96  net/udp drops
              every datagram is accounted for: published = received + socket drops
                100 = 4 + 96: balanced
              verdict: BALANCED
            """);
  }

  @Test
  void brokenBooksShowByHowMuch() {
    Ledger ledger = burst(93).build();

    assertThat(ledger.balances()).isFalse();
    assertThat(ledger.verdict()).isEqualTo(Ledger.Verdict.OFF);
    assertThat(ledger.imbalances())
        .singleElement()
        .extracting("name")
        .isEqualTo("every datagram is accounted for");
    assertThat(ledger.toString()).contains("100 = 4 + 93: off by +3 (the right side is 97)\n");
    assertThat(burst(97).build().toString()).contains("off by -1");
  }

  @Test
  void absentFigureIsNeitherZeroNorBalanced() {
    Ledger ledger =
        Ledger.titled("burst")
            .account("published", 4, "publisher")
            .account("received", 4, "subscriber")
            .absent("socket drops", "no such counter here")
            .equation("all", "published", "received", "socket drops")
            .build();

    assertThat(ledger.verdict()).isEqualTo(Ledger.Verdict.UNDETERMINED);
    assertThat(ledger.balances()).isFalse();
    assertThat(ledger.imbalances()).isEmpty();
    assertThat(ledger.equations().getFirst().offBy()).isEmpty();
    assertThat(ledger.toString())
        .contains("socket drops  absent  no such counter here\n")
        .contains("4 = 4 + absent: cannot be evaluated\n")
        .contains("verdict: UNDETERMINED\n");
  }

  @Test
  void oneImbalanceOutweighsWhatCannotBeEvaluated() {
    Ledger ledger =
        burst(93).absent("gaps", "none").equation("undetermined", "gaps", "socket drops").build();

    assertThat(ledger.verdict()).isEqualTo(Ledger.Verdict.OFF);
  }

  @Test
  void booksWithoutEquationsDoNotBalance() {
    assertThat(Ledger.titled("empty").build().balances()).isFalse();
  }

  @Test
  void mistakesOfTheBookkeeperAreRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> burst(96).account("received", 5, "again"))
        .withMessage("an account of that name exists: name=received");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> burst(96).equation("x", "published", "drops"))
        .withMessage("no such account: name=drops, known=[published, received, socket drops]");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> burst(96).equation("x", "published"))
        .withMessage("an equation needs a right side: equation=x");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> burst(96).build().account("drops"))
        .withMessageContaining("no such account: name=drops");
  }

  @Test
  void overflowThrows() {
    Ledger.Builder ledger =
        Ledger.titled("x").account("a", Long.MAX_VALUE, "").equation("e", "a", "a", "a");

    assertThatExceptionOfType(ArithmeticException.class)
        .isThrownBy(() -> ledger.build().balances());
  }

  private static Ledger.Builder burst(long drops) {
    return Ledger.titled("burst")
        .account("published", 100, "publisher")
        .account("received", 4, "subscriber")
        .account("socket drops", drops, "net/udp drops")
        .equation("every datagram is accounted for", "published", "received", "socket drops");
  }
}
