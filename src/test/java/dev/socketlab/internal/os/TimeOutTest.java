package dev.socketlab.internal.os;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TimeOutTest {

  /** The shortest start and end of a process, seen on an idle, a busy and an emulated machine. */
  @ParameterizedTest
  @CsvSource({"1100, 1", "4900, 1", "9000, 2", "166000, 34", "9000000, 100"})
  void aSlowMachineIsGivenMoreTime(long microseconds, double factor) {
    assertThat(TimeOut.factor(Duration.ofNanos(1_000 * microseconds))).isEqualTo(factor);
  }

  @Test
  void aTimeOutIsNeverShorter() {
    assertThat(TimeOut.scaled(Duration.ofSeconds(20), 2.5)).isEqualTo(Duration.ofSeconds(50));
    assertThat(TimeOut.scaled(Duration.ofSeconds(20)))
        .isGreaterThanOrEqualTo(Duration.ofSeconds(20));
  }

  @Test
  void whoeverWaitsForEverDoesNotOverflow() {
    Duration forEver = Duration.ofSeconds(Long.MAX_VALUE);
    assertThat(TimeOut.scaled(forEver, 100)).isEqualTo(forEver);
  }

  @Test
  void thePropertyGivesIt() {
    assertThat(TimeOut.factor("7.5")).isEqualTo(7.5);
    assertThat(TimeOut.factor("auto")).isBetween(1.0, 100.0);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "0.5", "101", "fast", "NaN"})
  void aBadPropertyIsAnErrorThatSaysWhatIsAllowed(String setting) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TimeOut.factor(setting))
        .withMessage(
            "socketlab.timeout.factor=%s (system property) must be a number from 1 to 100, or auto",
            setting);
  }
}
