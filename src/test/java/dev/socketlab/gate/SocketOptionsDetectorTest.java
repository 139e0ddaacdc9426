package dev.socketlab.gate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class SocketOptionsDetectorTest {

  @Test
  void anObstacleClosesItAndIsTold() {
    assertThat(SocketOptionsDetector.finding(Optional.of("EPERM: no right")))
        .isEqualTo(GateFinding.closed("EPERM: no right"));
    assertThat(SocketOptionsDetector.finding(Optional.empty()).open()).isTrue();
  }
}
