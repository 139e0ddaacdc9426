package dev.socketlab.qsl.feed;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MersenneTwister64Test {
  @Test
  void theTenThousandthOutputIsTheOneThatTheCppStandardRequires() {
    MersenneTwister64 random = new MersenneTwister64(5489);
    for (int i = 1; i < 10_000; i++) {
      random.next();
    }

    assertThat(Long.toUnsignedString(random.next())).isEqualTo("9981545732273789042");
  }

  @Test
  void boundsReduceUnsigned() {
    MersenneTwister64 plain = new MersenneTwister64(7);
    MersenneTwister64 bounded = new MersenneTwister64(7);
    for (int i = 0; i < 1_000; i++) {
      long output = plain.next();

      assertThat(bounded.next(100)).isEqualTo((int) Long.remainderUnsigned(output, 100));
    }
  }
}
