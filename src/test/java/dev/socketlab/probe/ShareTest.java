package dev.socketlab.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ShareTest {
  @ParameterizedTest
  @CsvSource({
    "3, 3, '100 % (21–100 %), 3 ticks'",
    "0, 3, '0 % (0–79 %), 3 ticks'",
    "1, 1, '100 % (0–100 %), 1 tick'",
    "30, 30, '100 % (83–100 %), 30 ticks'",
    "500, 1000, '50 % (47–53 %), 1000 ticks'",
    "0, 0, 'unknown (0–100 %), 0 ticks'"
  })
  void showsHowLittleFewTicksTell(long part, long total, String text) {
    assertThat(Share.ofTicks(part, total)).hasToString(text);
  }

  @Test
  void intervalHoldsTheShareAndStaysInRange() {
    for (int total = 1; total <= 60; total++) {
      for (int part = 0; part <= total; part++) {
        Share share = Share.ofTicks(part, total);
        double value = share.value().orElseThrow();

        assertThat(share.low()).as(share.toString()).isBetween(0.0, value);
        assertThat(share.high()).as(share.toString()).isBetween(value, 1.0);
      }
    }
  }

  @Test
  void partAndRestMirrorEachOther() {
    Share part = Share.ofTicks(7, 20);
    Share rest = Share.ofTicks(13, 20);

    assertThat(part.low()).isCloseTo(1 - rest.high(), within(1e-12));
  }

  @Test
  void nothingOfNothingHasNoValue() {
    Share unknown = Share.ofTicks(0, 0);
    assertThat(unknown.value()).isEmpty();
    assertThat(unknown.low()).isZero();
    assertThat(unknown.high()).isEqualTo(1);
  }

  @Test
  void partBeyondItsTotalIsRefused() {
    assertThatIllegalArgumentException().isThrownBy(() -> Share.ofTicks(4, 3));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Share.ofTicks(-1, 3))
        .withMessage("a part must be from 0 to its total: part=-1, total=3");
  }
}
