package dev.socketlab.network.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.socketlab.network.NetworkRefusedException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

@EnabledOnOs(OS.LINUX)
class NetworkToolTest {

  /** So many lines that their echo is longer than a pipe holds. */
  private static final int MANY = 20_000;

  @Test
  void whatTheToolSaysIsKeptHoweverMuchItIsAndHoweverEarlyItEnds() {
    assertThatThrownBy(() -> NetworkTool.IP.run("nonsense\n".repeat(MANY), "-force", "-batch", "-"))
        .isInstanceOf(NetworkRefusedException.class)
        .hasMessageStartingWith("`ip -force -batch -` failed: ")
        .hasMessageContaining("Object \"nonsense\" is unknown");
    assertThatThrownBy(() -> NetworkTool.IP.run("nonsense\n".repeat(MANY), "nonsense"))
        .isInstanceOf(NetworkRefusedException.class)
        .hasMessageContaining("Object \"nonsense\" is unknown");
  }

  @Test
  void whatTheToolPrintsIsTheResult() {
    assertThat(NetworkTool.IP.run("", "-V")).startsWith("ip utility, iproute2");
  }
}
