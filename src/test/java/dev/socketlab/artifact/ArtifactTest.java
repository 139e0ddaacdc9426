package dev.socketlab.artifact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ArtifactTest {
  @ParameterizedTest
  @ValueSource(strings = {"", "../up", "a/b", ".hidden", "two words", "new\nline"})
  void theNameIsTheNameOfAFile(String name) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Samples.minimal(name).build())
        .withMessageContaining("an artifact's name is a file name");
  }

  @Test
  void theDateIsToTheSecond() {
    assertThat(Samples.minimal("x").build().date())
        .isEqualTo(Instant.parse("2026-03-01T12:00:00Z"));
  }

  @Test
  void whatWasNeverSetIsNamed() {
    assertThatIllegalStateException()
        .isThrownBy(() -> Artifact.named("x").experiment("e").title("t").build())
        .withMessage("artifact 'x' has no command");
  }

  @Test
  void mechanismsAndTablesAreToldApart() {
    assertThatIllegalArgumentException()
        .isThrownBy(() ->
            Samples.minimal("x")
                .mechanism(MechanismVerdict.holds(1, "a", ""))
                .mechanism(MechanismVerdict.holds(1, "b", ""))
                .build())
        .withMessage("each mechanism number must be used once: [1, 1]");
    assertThatIllegalArgumentException()
        .isThrownBy(() ->
            Samples.minimal("x")
                .table(Table.named("t").build())
                .table(Table.named("t").build())
                .build())
        .withMessage("each table title must be used once: [t, t]");
  }
}
