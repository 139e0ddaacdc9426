package dev.socketlab.qsl.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import dev.socketlab.gate.RequiresLinux;
import dev.socketlab.gate.RequiresTool;
import dev.socketlab.probe.TcpSockets;
import dev.socketlab.subject.Subject;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** What only a process of its own can show: its limits, its signals, its end. */
@ParameterizedClass(name = "{0}")
@EnumSource(TransportKind.class)
@RequiresLinux
@Timeout(120)
class GatewayProcessIT {
  /** Far more than the libraries of a class path, each of which the JVM keeps open. */
  private static final int DESCRIPTORS = 256;

  private static final int PEERS = 300;
  private static final long RETRIES_PER_SECOND = 10;

  private final TransportKind kind;

  @TempDir Path folder;

  GatewayProcessIT(TransportKind kind) {
    assumeThat(kind.unavailability()).as(kind.label()).isEmpty();
    this.kind = kind;
  }

  @Test
  @RequiresTool("prlimit")
  void outOfDescriptorsItServesWhomItHasAndAcceptsTheOthersLater() throws IOException {
    List<String> limited = List.of("prlimit", "--nofile=" + DESCRIPTORS);
    long startNs = System.nanoTime();
    List<Peer> peers = new ArrayList<>();
    try (GatewayProcess gateway = GatewayProcess.start(folder, kind, limited);
        Peer bystander = Peer.connect(gateway.port())) {
      bystander.beat(1);
      for (int i = 0; i < PEERS; i++) {
        peers.add(Peer.connect(gateway.port()).send(new Requests().heartbeat(i)));
      }
      await()
          .atMost(Duration.ofSeconds(40))
          .untilAsserted(() ->
              assertThat(openDescriptors(gateway.pid()))
                  .as(() -> "open descriptors of a gateway that said " + gateway.output())
                  .isEqualTo(DESCRIPTORS));
      for (int beat = 0; beat < 1_000; beat++) {
        bystander.beat(beat);
      }
      int served = 0;
      while (served < PEERS) {
        // The accepted ones come first: the kernel's queue is in order.
        try (Peer peer = peers.get(served)) {
          assertThat(peer.read(24)).containsExactly("HeartbeatAck token=" + served);
        }
        served++;
      }
      bystander.beat(2);

      gateway.stop();

      double seconds = (System.nanoTime() - startNs) / 1e9;
      assertThat(gateway.acceptFailures())
          .as("it noticed, and did not spin")
          .isBetween(1L, PEERS + Math.round(RETRIES_PER_SECOND * seconds) + 1);
    } finally {
      for (Peer peer : peers) {
        peer.close();
      }
    }
  }

  /**
   * What a connection needs beside its own descriptor has been opened before. Virtual threads wait
   * with descriptors of the JDK, which it opens when the first of them has to wait; if it cannot,
   * it never tries again, and every connection fails for ever.
   */
  @Test
  void whereDescriptorsRunOutBeforeTheFirstConnectionItIsServedAllTheSame() throws IOException {
    try (GatewayProcess gateway = GatewayProcess.start(folder, kind, List.of());
        // One for the connection, one that the kernel sets aside for an accept that waits, and one
        // in
        // case that classes are read from a folder.
        Subject.DescriptorLimit _ = gateway.limitDescriptors(openDescriptors(gateway.pid()) + 3);
        Peer first = Peer.connect(gateway.port())) {
      awaitAccepted(gateway);
      first.beat(1);
    }
  }

  /** And wait until there is nothing to do: who serves the connection waits for what it sends. */
  private static void awaitAccepted(GatewayProcess gateway) {
    await()
        .atMost(Duration.ofSeconds(40))
        .until(() ->
            TcpSockets.readListeners().listenerOn(gateway.port()).orElseThrow().acceptQueueLength()
                == 0);
  }

  private static int openDescriptors(long pid) {
    String[] names = Path.of("/proc/" + pid + "/fd").toFile().list();
    return names == null ? 0 : names.length;
  }

  @Test
  void sigtermStopsItGracefully() throws IOException {
    try (GatewayProcess gateway = GatewayProcess.start(folder, kind, List.of());
        Peer idle = Peer.connect(gateway.port())) {
      idle.beat(1);

      assertThat(gateway.stop()).as("exit code of SIGTERM").isEqualTo(128 + 15);

      assertThat(idle.readToEnd()).isEmpty();
      assertThat(gateway.output())
          .containsExactly(
              "listening on 127.0.0.1:" + gateway.port() + " transport=" + kind.label(),
              "stopped accepted=1 shed=0 open=0 dropped=0 failed=0 accept_failures=0");
    }
  }

  @Test
  void theEndOfItsInputStopsItIfAskedTo() throws IOException {
    List<String> withoutInput = List.of("sh", "-c", "exec \"$@\" < /dev/null", "sh");
    try (GatewayProcess gateway = GatewayProcess.start(folder, kind, withoutInput, "--until-eof")) {
      assertThat(gateway.awaitExit()).isZero();
      assertThat(gateway.output()).hasSize(2).last().asString().startsWith("stopped accepted=0");
    }
  }

  @Test
  void theOneWithoutACommandLineEndsInTheSameWays() throws IOException {
    List<String> withoutInput = List.of("sh", "-c", "exec \"$@\" < /dev/null", "sh");
    try (GatewayProcess gateway = GatewayProcess.startPlain(folder, kind, withoutInput)) {
      assertThat(gateway.awaitExit()).isZero();
      assertThat(gateway.output()).hasSize(2).last().asString().startsWith("stopped accepted=0");
    }
    try (GatewayProcess gateway = GatewayProcess.startPlain(folder, kind, List.of());
        Peer idle = Peer.connect(gateway.port())) {
      idle.beat(1);

      // Whether it sees the end of its input or the signal first is left to chance.
      assertThat(gateway.stop()).isIn(0, 128 + 15);

      assertThat(idle.readToEnd()).isEmpty();
      assertThat(gateway.output())
          .hasSize(2)
          .last()
          .isEqualTo("stopped accepted=1 shed=0 open=0 dropped=0 failed=0 accept_failures=0");
    }
  }

  @Test
  void theOneWithoutACommandLineEndsOnASignalAlone() throws IOException {
    try (GatewayProcess gateway = GatewayProcess.startPlain(folder, kind, List.of())) {
      assertThat(ProcessHandle.of(gateway.pid()).orElseThrow().destroy()).isTrue();

      assertThat(gateway.awaitExit()).isEqualTo(128 + 15);
      assertThat(gateway.output()).hasSize(2).last().asString().startsWith("stopped accepted=0");
    }
  }
}
