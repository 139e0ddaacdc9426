package dev.socketlab.experiments.stress;

import static org.assertj.core.api.Assertions.assertThat;

import dev.socketlab.artifact.MechanismVerdict;
import dev.socketlab.artifact.Verdict;
import dev.socketlab.gate.RequiresLinux;
import dev.socketlab.probe.ProtocolCounters;
import dev.socketlab.subject.Subject;
import dev.socketlab.subject.SubjectBuilder;
import dev.socketlab.testkit.Laboratory;
import dev.socketlab.testkit.Laboratory.Outcome;
import dev.socketlab.testkit.PrivateNetworks;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/**
 * The ledger of a private network stays exact while another process floods the host with datagrams.
 */
@Tag("isolation")
@Tag("soak")
@RequiresLinux
@Isolated("its fixtures are experiments, which measure this JVM and its machine")
class NoisyHostIT {

  private static final Duration FLOOD_AT_MOST = Duration.ofSeconds(60);

  private @TempDir Path folder;

  /** Sends datagrams to a port of the host, many of which overflow its socket. */
  static final class Flood {
    private static final int BATCH = 50;
    private static final long PAUSE_NS = 1_000_000;

    private Flood() {}

    /** Called by the subject's JVM with the port. */
    public static void main(String[] arguments) throws IOException {
      long endNs = System.nanoTime() + FLOOD_AT_MOST.toNanos();
      try (DatagramChannel channel = DatagramChannel.open(StandardProtocolFamily.INET)) {
        channel.connect(
            new InetSocketAddress(
                InetAddress.ofLiteral("127.0.0.1"), Integer.parseInt(arguments[0])));
        System.out.println("flooding");
        while (System.nanoTime() < endNs && System.in.available() == 0) {
          for (int i = 0; i < BATCH; i++) {
            channel.write(ByteBuffer.allocate(38));
          }
          LockSupport.parkNanos(PAUSE_NS); // a bound on the rate
        }
      }
    }
  }

  @Test
  void theBooksBalanceWhileTheHostIsFlooded() throws Exception {
    PrivateNetworks.openOrSkip().close();
    try (DatagramSocket victim = new DatagramSocket(0, InetAddress.ofLiteral("127.0.0.1"))) {
      victim.setOption(StandardSocketOptions.SO_RCVBUF, 2_048);
      ProtocolCounters before = ProtocolCounters.read();
      try (Subject flood =
          SubjectBuilder.java(
                  folder, _ -> {}, Flood.class, List.of(Integer.toString(victim.getLocalPort())))
              .readyWhen("flooding")
              .start()) {
        Outcome outcome =
            new Laboratory(folder)
                .with("socketlab.place", "private")
                .with("socketlab.stress.trials", "1")
                .with("socketlab.stress.orders", "2000")
                .with("socketlab.controls", "skip")
                .run(SocketStressExperiment.class);
        assertThat(outcome.failures()).isEmpty();
        assertThat(outcome.artifact("socket_stress_summary").orElseThrow().mechanisms())
            .extracting(MechanismVerdict::verdict)
            .containsOnly(Verdict.HOLDS);
        flood.failIfItDied();
      }
      assertThat(ProtocolCounters.read().since(before).value("Udp", "RcvbufErrors"))
          .as("what the flood lost on the host meanwhile")
          .isGreaterThan(1_000);
    }
  }
}
