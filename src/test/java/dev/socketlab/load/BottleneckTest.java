package dev.socketlab.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BottleneckTest {

  @ParameterizedTest
  @CsvSource({
    "950, 1, 500, 8, 4, DRIVER, 0.95, 0.164",
    "950, 1, 990, 1, 4, DRIVER, 0.95, 0.99",
    "950, 2, 950, 1, 4, SERVER, 0.475, 0.95",
    "600, 1, 1350, 16, 2, SERVER, 0.6, 0.964",
    "300, 1, 700, 16, 2, NEITHER, 0.3, 0.412",
    "1010, 1, 100, 1, 1, DRIVER, 1.0, 1.0",
  })
  void theSideWithoutTimeLeftIsNamed(
      int driverMs,
      int driverThreads,
      int serverMs,
      int serverThreads,
      int cores,
      Bottleneck.Side side,
      double driverShare,
      double serverShare) {
    Bottleneck bottleneck =
        Bottleneck.of(
            Duration.ofSeconds(1),
            Duration.ofMillis(driverMs),
            driverThreads,
            Duration.ofMillis(serverMs),
            serverThreads,
            cores);

    assertThat(bottleneck.side()).isEqualTo(side);
    assertThat(bottleneck.driverShare()).isCloseTo(driverShare, within(0.001));
    assertThat(bottleneck.serverShare()).isCloseTo(serverShare, within(0.001));
  }
}
