package dev.socketlab.subject.internal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FreePortTest {
  private static final int PORTS = 22_528;

  /** With pids that differ by few, two forks of a build once gave one port to two subscribers. */
  @ParameterizedTest
  @ValueSource(longs = {1, 600, 4_194_200})
  void processesThatStartTogetherBeginFarApart(long pid) {
    for (long other = pid + 1; other <= pid + 50; other++) {
      int distance = Math.floorMod(FreePort.start(other) - FreePort.start(pid), PORTS);
      assertThat(Math.min(distance, PORTS - distance))
          .as("pids %d, %d", pid, other)
          .isGreaterThan(250);
    }
  }
}
