package dev.socketlab.artifact;

import static dev.socketlab.artifact.Verdict.FAILED;
import static dev.socketlab.artifact.Verdict.HOLDS;
import static dev.socketlab.artifact.Verdict.INCONCLUSIVE;
import static dev.socketlab.artifact.Verdict.NOT_RUN;
import static dev.socketlab.artifact.Verdict.VACUOUS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class VerdictTest {
  @Test
  void oneFailureFailsTheRun() {
    assertThat(overall(HOLDS, INCONCLUSIVE, FAILED, NOT_RUN)).isEqualTo(FAILED);
  }

  @Test
  void oneVacuousMechanismMakesTheRunVacuous() {
    assertThat(overall(HOLDS, INCONCLUSIVE, VACUOUS, NOT_RUN)).isEqualTo(VACUOUS);
    assertThat(overall(FAILED, VACUOUS)).isEqualTo(FAILED);
  }

  @Test
  void oneUnresolvedMechanismLeavesTheRunUnresolved() {
    assertThat(overall(HOLDS, INCONCLUSIVE, NOT_RUN)).isEqualTo(INCONCLUSIVE);
  }

  @Test
  void whatWasNotRunNeverMakesARunHold() {
    assertThat(overall(HOLDS, HOLDS)).isEqualTo(HOLDS);
    assertThat(overall(HOLDS, NOT_RUN)).isEqualTo(HOLDS);
    assertThat(overall(NOT_RUN, NOT_RUN)).isEqualTo(NOT_RUN);
    assertThat(overall()).isEqualTo(NOT_RUN);
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "HOLDS")
  void whateverDoesNotHoldSaysWhy(Verdict verdict) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new MechanismVerdict(3, "It holds.", verdict, " "))
        .withMessageContaining("the reason why mechanism 3 is " + verdict.label());
  }

  private static Verdict overall(Verdict... verdicts) {
    return Verdict.overall(
        Arrays.stream(verdicts).map(v -> new MechanismVerdict(1, "It holds.", v, "seen")).toList());
  }
}
