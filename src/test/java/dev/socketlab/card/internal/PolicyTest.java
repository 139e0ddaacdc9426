package dev.socketlab.card.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.socketlab.card.Law;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PolicyTest {

  @Test
  void eachLineAcceptsALaw() {
    assertThat(
            Policy.of(
                "policy",
                List.of(
                    "# what we know",
                    "",
                    "SL-CLOSE-02 accepted because \"the protocol forbids it\"",
                    "  SL-FD-01   accepted  because \" issue 7 \"  ")))
        .isEqualTo(Map.of(Law.CLOSE_02, "the protocol forbids it", Law.FD_01, "issue 7"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "SL-CLOSE-02 accepted | must be ID accepted because",
        "SL-CLOSE-02 accepted because \" \" | must be ID accepted because",
        "SL-CLOSE-02 accepted because \"a\" \"b\" | must be ID accepted because",
        "CLOSE-02 accepted because \"a\" | \"CLOSE-02\" is no law; socketlab card --list shows them",
        "SL-FD-01 accepted because \"again\" | SL-FD-01 is accepted a second time"
      })
  void anotherLineIsRefusedWithItsNumber(String line, String reason) {
    List<String> lines = List.of("SL-FD-01 accepted because \"issue 7\"", line);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Policy.of("my.policy", lines))
        .withMessageStartingWith("my.policy, line 2: ")
        .withMessageContaining(reason);
  }
}
