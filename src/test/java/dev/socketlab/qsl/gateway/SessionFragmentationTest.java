package dev.socketlab.qsl.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** However bytes arrive and whenever replies are sent, the same replies come in the same order. */
class SessionFragmentationTest {
  private static final int STREAMS = 200;

  private static byte[] randomRequests(Random random, int frames) {
    Requests requests = new Requests();
    for (int i = 0; i < frames; i++) {
      long id = random.nextInt(40);
      switch (random.nextInt(10)) {
        case 0, 1, 2 -> requests.buy(id, 95 + random.nextInt(10), random.nextInt(20));
        case 3, 4, 5 -> requests.sell(id, 95 + random.nextInt(10), random.nextInt(20));
        case 6 -> requests.marketBuy(id, 1 + random.nextInt(50));
        case 7 -> requests.cancel(id);
        default -> requests.heartbeat(random.nextLong());
      }
    }
    byte[] bytes = requests.bytes();
    if (random.nextInt(4) == 0) {
      bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
    }
    return bytes;
  }

  @ParameterizedTest(name = "200 streams from seed {0}")
  @ValueSource(longs = {1, 1_001, 2_001, 3_001})
  void fragmentationDoesNotMatter(long firstSeed) {
    for (long seed = firstSeed; seed < firstSeed + STREAMS; seed++) {
      Random random = new Random(seed);
      byte[] requests = randomRequests(random, 1 + random.nextInt(60));
      SessionUnderTest whole = new SessionUnderTest(new Exchange()).receive(requests);
      SessionUnderTest pieces =
          new SessionUnderTest(new Exchange())
              .receiveInPieces(requests, random, 1 + random.nextInt(100));

      assertThat(pieces.sent()).as("seed %d", seed).isEqualTo(whole.sent());
      assertThat(pieces.session.state()).as("seed %d", seed).isEqualTo(whole.session.state());
    }
  }

  @Test
  void byteAtATimeDoesNotMatter() {
    Random random = new Random(7);
    byte[] requests = randomRequests(random, 500);

    assertThat(new SessionUnderTest(new Exchange()).receiveInPieces(requests, random, 1).sent())
        .isEqualTo(new SessionUnderTest(new Exchange()).receive(requests).sent());
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {11, 12, 13})
  void passingTheHighWaterMarkDoesNotMatter(long seed) {
    Random random = new Random(seed);
    byte[] requests = randomRequests(random, 80_000);
    byte[] expected = new SessionUnderTest(new Exchange()).receive(requests).sent();

    byte[] sent =
        new SessionUnderTest(new Exchange()).receiveInPieces(requests, random, 70_000).sent();

    assertThat(sent).isEqualTo(expected);
  }
}
