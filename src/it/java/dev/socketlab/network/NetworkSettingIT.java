package dev.socketlab.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.socketlab.network.internal.PrivateNetworkThread;
import dev.socketlab.probe.Sysctl;
import java.net.InetSocketAddress;
import java.nio.channels.DatagramChannel;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.opentest4j.TestAbortedException;

/** Settings that a private network has for itself, set and taken back on a real kernel. */
@Tag("isolation")
class NetworkSettingIT {
  private static final String OVERFLOW = "net.ipv4.tcp_abort_on_overflow";

  private PrivateNetworkThread thread;
  private NetworkHost host;

  @BeforeEach
  void open() {
    try {
      thread = PrivateNetworkThread.open();
    } catch (NetworkRefusedException refusal) {
      throw new TestAbortedException(refusal.getMessage(), refusal);
    }
    host = NetworkHost.alone(thread);
  }

  @AfterEach
  void close() {
    if (thread != null) {
      thread.close();
    }
  }

  private String value(String setting) throws Exception {
    return host.call(() -> Sysctl.text(setting));
  }

  @Test
  void aSettingIsThatOfTheNetworkAloneUntilItIsTakenBack() throws Exception {
    String ofTheMachine = Sysctl.text(OVERFLOW);
    int mark = host.changes().mark();
    host.set(OVERFLOW, 1);
    host.set("net.ipv4.ip_local_port_range", "20000 20100");
    host.set("net.ipv4.ip_local_port_range", "30000 30100");
    assertThat(value(OVERFLOW)).isEqualTo("1");
    assertThat(value("net.ipv4.ip_local_port_range")).isEqualTo("30000\t30100");
    assertThat(Sysctl.text(OVERFLOW)).isEqualTo(ofTheMachine);
    assertThat(host.changes().names())
        .containsExactly(
            OVERFLOW + " = 1",
            "net.ipv4.ip_local_port_range = 20000 20100",
            "net.ipv4.ip_local_port_range = 30000 30100");
    host.changes().undoTo(mark);
    assertThat(value(OVERFLOW)).isEqualTo("0");
    assertThat(value("net.ipv4.ip_local_port_range")).isNotIn("20000\t20100", "30000\t30100");
  }

  @Test
  void aSettingIsInForceAsSoonAsItIsSet() throws Exception {
    host.set("net.ipv4.ip_local_port_range", "30000 30100");
    int port =
        host.call(() -> {
          try (DatagramChannel client = DatagramChannel.open()) {
            client.bind(new InetSocketAddress(0));
            return client.socket().getLocalPort();
          }
        });
    assertThat(port).isBetween(30_000, 30_100);
  }

  @Test
  void whatBelongsToTheHostIsRefusedByName() {
    assumeThat(Sysctl.find("net.core.netdev_max_backlog"))
        .as("a run that starts in a private network sees no setting of the host's")
        .isPresent();
    assertThatExceptionOfType(NetworkRefusedException.class)
        .isThrownBy(() -> host.set("net.core.netdev_max_backlog", 10))
        .withMessageMatching(
            "net.core.netdev_max_backlog = \\d+ is the host's, and a private network has none of its own");
    assertThatExceptionOfType(NetworkRefusedException.class)
        .isThrownBy(() -> host.set("net.core.rmem_max", 4_096))
        .withMessageMatching("net.core.rmem_max = \\d+ is the host's(, | and can only be read).*");
    assertThat(host.changes().names()).isEmpty();
  }

  @Test
  void whatThereIsNotAndWhatTheKernelDoesNotTakeIsSaid() throws Exception {
    assertThatExceptionOfType(NetworkRefusedException.class)
        .isThrownBy(() -> host.set("net.ipv4.tcp_abort_on_sunday", 1))
        .withMessageMatching("this kernel, \\S+, has no setting net.ipv4.tcp_abort_on_sunday,.*");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> host.set(OVERFLOW, "perhaps"))
        .withMessageStartingWith("the kernel does not take " + OVERFLOW + " = perhaps; it is 0: ");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> host.set("kernel.pid_max", 10))
        .withMessage("only settings below net. belong to a network: setting=kernel.pid_max");
    assertThat(value(OVERFLOW)).isEqualTo("0");
  }

  @Test
  void whatNeedsALinkIsRefusedWithoutOne() {
    assertThatIllegalStateException()
        .isThrownBy(() -> host.linkMtu(1_280))
        .withMessageContaining("@PrivateNetwork(hosts = 2)");
    assertThatIllegalStateException().isThrownBy(host::cut);
  }
}
