package dev.socketlab.card;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.socketlab.artifact.MechanismVerdict;
import dev.socketlab.artifact.Verdict;
import dev.socketlab.gate.RequiresLinux;
import dev.socketlab.gate.RequiresTool;
import dev.socketlab.testkit.Laboratory;
import dev.socketlab.testkit.PrivateNetworks;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Each law is red with a server that breaks it, and green with one that does not. */
@Tag("isolation")
@Isolated
@RequiresLinux
@RequiresTool("perl")
class CardIT {

  private @TempDir Path folder;

  @BeforeEach
  void requireNetwork() {
    PrivateNetworks.openOrSkip().close();
  }

  @AfterEach
  void forget() {
    System.clearProperty(SaboteurCard.FAULT);
    System.clearProperty(SaboteurCard.LAWS);
  }

  /** The same card, which accepts a law. */
  @Accept(law = Law.EXEC_01, because = "its children are ours")
  static class AcceptingCard extends SaboteurCard {}

  private List<MechanismVerdict> card(String fault, String law) throws IOException {
    return card(SaboteurCard.class, fault, law);
  }

  private List<MechanismVerdict> card(Class<? extends SaboteurCard> type, String fault, String law)
      throws IOException {
    System.setProperty(SaboteurCard.FAULT, fault);
    System.setProperty(SaboteurCard.LAWS, law);
    Laboratory.Outcome outcome = new Laboratory(folder).run(type);
    return outcome
        .artifact("saboteur_card")
        .orElseThrow(() ->
            new AssertionError(
                "no card was published: " + outcome.failures() + outcome.abortReasons()))
        .mechanisms();
  }

  @Test
  void aServerWithoutAFaultKeepsToEachLaw() throws IOException {
    List<MechanismVerdict> verdicts = card("", "");
    assertThat(verdicts).hasSize(Law.values().length);
    boolean quotas = verdicts.stream().noneMatch(CardIT::needsAQuota);
    assertThat(
            verdicts.stream()
                .filter(law -> !needsAQuota(law))
                .filter(law -> law.verdict() != Verdict.HOLDS && law.verdict() != Verdict.NOTE)
                .map(law -> law.statement() + ": " + law.verdict() + ", " + law.detail())
                .collect(Collectors.joining("\n")))
        .isEmpty();
    assertThat(verdicts)
        .filteredOn(law -> law.verdict() == Verdict.HOLDS)
        .hasSize(quotas ? 19 : 18);
  }

  /** What root may do on most machines, and not in each container. */
  private static boolean needsAQuota(MechanismVerdict law) {
    return law.verdict() == Verdict.INCONCLUSIVE && law.detail().contains("needs a quota of CPU");
  }

  @Tag("soak")
  @ParameterizedTest
  @CsvSource({
    "LISTEN_01, second-port",
    "LISTEN_03, clipped-backlog",
    "LISTEN_04, few-connections",
    "START_01, no-reuseaddr",
    "SEND_01, two-segments",
    "SEND_02, nagle",
    "CONN_02, leaks",
    "IDLE_01, polls",
    "CLOSE_01, closes-with-unread-input",
    "CLOSE_02, no-half-close",
    "SLOW_01, buffers",
    "SLOW_02, waits-for-one",
    "FD_01, spins",
    "FD_01, gives-up",
    "RESET_01, dies-of-reset",
    "JUNK_01, dies-of-junk",
    "LOSS_01, minds-repeats",
    "STOP_01, stops-at-once",
    "CPU_01, catches-up",
    "EXEC_01, inherited-sockets"
  })
  void aServerWithAFaultBreaksTheLaw(Law law, String fault) throws IOException {
    assertThat(card(fault, law.name()))
        .singleElement()
        .satisfies(verdict -> assumeFalse(needsAQuota(verdict), verdict.detail()))
        .satisfies(verdict ->
            assertThat(verdict.verdict()).as(verdict.detail()).isEqualTo(Verdict.FAILED));
  }

  @ParameterizedTest
  @EnumSource(
      names = {
        "LISTEN_05",
        "CALLS_01",
        "CONN_01",
        "CONN_02",
        "IDLE_01",
        "SLOW_01",
        "FD_01",
        "DEAD_01",
        "RESET_01",
        "JUNK_01",
        "CPU_01",
        "EXEC_01"
      })
  void whereAnotherProcessServesWhatLooksAtTheProcessIsNotJudged(Law law) throws IOException {
    assertThat(card("works-in-a-child", law.name()))
        .singleElement()
        .satisfies(verdict -> {
          assertThat(verdict.verdict()).as(verdict.detail()).isEqualTo(Verdict.INCONCLUSIVE);
          assertThat(verdict.detail()).contains("another process");
          assertThat(verdict.detail()).doesNotContain(folder.toString());
        });
  }

  @Test
  void whatIsAcceptedIsANoteWithItsReason() throws IOException {
    assertThat(card(AcceptingCard.class, "inherited-sockets", "EXEC_01"))
        .singleElement()
        .satisfies(verdict -> {
          assertThat(verdict.verdict()).isEqualTo(Verdict.NOTE);
          assertThat(verdict.detail()).startsWith("accepted because its children are ours. READ: ");
        });
  }

  @Test
  void whatIsAcceptedAndHoldsIsBroken() throws IOException {
    assertThat(card(AcceptingCard.class, "", "EXEC_01"))
        .singleElement()
        .satisfies(verdict -> {
          assertThat(verdict.verdict()).isEqualTo(Verdict.FAILED);
          assertThat(verdict.detail())
              .contains("it holds, so do not accept it any more because \"its children are ours\"");
        });
  }
}
