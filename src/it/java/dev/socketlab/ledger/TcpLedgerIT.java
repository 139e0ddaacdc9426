package dev.socketlab.ledger;

import static dev.socketlab.assertion.LabAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.socketlab.gate.RequiresTool;
import dev.socketlab.internal.os.Command;
import dev.socketlab.network.NetworkRefusedException;
import dev.socketlab.network.internal.PrivateNetworkThread;
import dev.socketlab.probe.ProtocolCounters;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.channels.ServerSocketChannel;
import java.util.Map;
import java.util.SortedMap;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.opentest4j.AssertionFailedError;
import org.opentest4j.TestAbortedException;

/** What this kernel counts for a TCP session, as the documentation of {@link TcpLedger} says. */
@Tag("isolation")
class TcpLedgerIT {

  private static final int SESSIONS = 20;
  private static final InetAddress LOOPBACK = InetAddress.ofLiteral("127.0.0.1");

  private PrivateNetworkThread network;

  @BeforeEach
  void openNetwork() {
    try {
      network = PrivateNetworkThread.open();
    } catch (NetworkRefusedException refusal) {
      throw new TestAbortedException(refusal.getMessage(), refusal);
    }
  }

  @AfterEach
  void closeNetwork() {
    if (network != null) {
      network.close();
    }
  }

  /** What the two ends of one connection do until both are closed. */
  private interface Session {
    void run(Socket client, Socket server) throws IOException;
  }

  @Test
  void aHalfCloseByTheClientBalances() throws Throwable {
    assertThat(ledger(TcpLedgerIT::halfClose)).balance();
  }

  @Test
  void aCloseByTheClientFirstBalances() throws Throwable {
    assertThat(
            ledger((client, server) -> {
              exchange(client, server);
              client.close();
              assertThat(server.getInputStream().read()).isEqualTo(-1);
              server.close();
            }))
        .balance();
  }

  @Test
  void aCloseByTheServerFirstBalances() throws Throwable {
    assertThat(
            ledger((client, server) -> {
              exchange(client, server);
              server.close();
              assertThat(client.getInputStream().read()).isEqualTo(-1);
              client.close();
            }))
        .balance();
  }

  /**
   * Java sends a FIN before it closes, so its end counts as closed when the reset is sent. Where
   * the FIN's acknowledgement arrives only after that, it finds no socket, and is answered by
   * another.
   */
  @Test
  void aCloseWithUnreadDataIsAResetSentAndAConnectionResetAtThePeer() throws Throwable {
    TcpLedger ledger =
        ledger((client, server) -> {
          server.getOutputStream().write(new byte[10]);
          assertThat(client.getInputStream().read()).isZero();
          client.close();
          server.close();
        });
    assertThat(figure(ledger, "OutRsts")).isBetween((long) SESSIONS, 2L * SESSIONS);
    assertThat(figure(ledger, "EstabResets")).isEqualTo(SESSIONS);
    assertThat(figure(ledger, "TCPAbortOnClose")).isEqualTo(SESSIONS);
    assertThat(ledger.ledger().imbalances()).hasSize(2);
  }

  @Test
  void aCloseWithoutLingeringIsAConnectionResetAtEachEnd() throws Throwable {
    TcpLedger ledger =
        ledger((client, server) -> {
          client.setSoLinger(true, 0);
          client.close();
          server.close();
        });
    assertThat(figure(ledger, "OutRsts")).isEqualTo(SESSIONS);
    assertThat(figure(ledger, "EstabResets")).isEqualTo(2 * SESSIONS);
    assertThat(figure(ledger, "TCPAbortOnData")).isEqualTo(SESSIONS);
    assertThat(ledger.ledger().imbalances()).hasSize(2);
  }

  @Test
  void aConnectToNobodyIsAnAttemptThatFails() throws Throwable {
    SortedMap<String, Long> moved =
        network.call(() -> {
          int port = closedPort();
          ProtocolCounters before = ProtocolCounters.read();
          try (Socket _ = new Socket(LOOPBACK, port)) {
            throw new AssertionFailedError("somebody listens on port " + port);
          } catch (ConnectException _) {
            return ProtocolCounters.read().since(before).nonZero();
          }
        });
    assertThat(moved)
        .containsAllEntriesOf(
            Map.of("Tcp.ActiveOpens", 1L, "Tcp.AttemptFails", 1L, "Tcp.OutRsts", 1L))
        .doesNotContainKeys("Tcp.PassiveOpens", "Tcp.EstabResets");
  }

  /**
   * A timer that fires although nothing was lost, as on a machine that stands still for a while:
   * the route lets it run for 2 ms, and an answer is delayed for 40.
   */
  @Test
  @RequiresTool("ip")
  void aSegmentThatIsRepeatedAndWasNotLostBalances() throws Throwable {
    run(
        "ip",
        "route",
        "change",
        "local",
        "127.0.0.1",
        "dev",
        "lo",
        "table",
        "local",
        "rto_min",
        "2ms");
    TcpLedger ledger = ledger(TcpLedgerIT::silence);
    for (int i = 1; i < 20 && figure(ledger, "RetransSegs") == 0; i++) {
      ledger = ledger(TcpLedgerIT::silence);
    }
    assumeThat(figure(ledger, "RetransSegs")).as("segments repeated").isPositive();
    assertThat(ledger).balance();
  }

  @Test
  @RequiresTool("nft")
  void aSegmentThatIsLostIsMissingWhateverRepeatsIt() throws Throwable {
    String drop =
        "add table ip loss; add chain ip loss in { type filter hook input priority 0; };"
            + " add rule ip loss in tcp flags & (syn | fin | rst) == 0 meta length > 100"
            + " numgen inc mod 5 == 4 drop";
    run("nft", drop);
    TcpLedger ledger = ledger(TcpLedgerIT::halfClose);
    assertThat(figure(ledger, "RetransSegs")).isPositive();
    assertThat(ledger.ledger().imbalances())
        .singleElement()
        .asString()
        .contains("every segment sent arrives");
  }

  /** Within the network. */
  private void run(String... command) throws Throwable {
    assertThat(network.call(() -> Command.of(command).withErrorsInOutput().run()))
        .isEqualTo(new Command.Ended(0, "", ""));
  }

  private TcpLedger ledger(Session session) throws Throwable {
    return network.call(() -> {
      ProtocolCounters before = ProtocolCounters.read();
      try (ServerSocketChannel listener = ServerSocketChannel.open()) {
        listener.bind(new InetSocketAddress(LOOPBACK, 0));
        for (int i = 0; i < SESSIONS; i++) {
          try (Socket client = new Socket(LOOPBACK, listener.socket().getLocalPort());
              Socket server = listener.accept().socket()) {
            session.run(client, server);
          }
        }
      }
      return TcpLedger.titled(SESSIONS + " sessions")
          .completed(SESSIONS)
          .accepted(SESSIONS)
          .counters(ProtocolCounters.settledSince(before))
          .build();
    });
  }

  private static void halfClose(Socket client, Socket server) throws IOException {
    client.getOutputStream().write(new byte[100]);
    client.shutdownOutput();
    server.getOutputStream().write(server.getInputStream().readAllBytes());
    server.close();
    assertThat(client.getInputStream().readAllBytes()).hasSize(100);
    client.close();
  }

  /** The client asks once more, and the server has nothing to say that could carry the answer. */
  private static void silence(Socket client, Socket server) throws IOException {
    exchange(client, server);
    client.setTcpNoDelay(true);
    client.getOutputStream().write(3);
    assertThat(server.getInputStream().read()).isEqualTo(3);
    long acknowledgedNs = System.nanoTime() + 60_000_000;
    for (long left = 60_000_000; left > 0; left = acknowledgedNs - System.nanoTime()) {
      LockSupport.parkNanos(left);
    }
    client.close();
    assertThat(server.getInputStream().read()).isEqualTo(-1);
    server.close();
  }

  private static void exchange(Socket client, Socket server) throws IOException {
    client.getOutputStream().write(1);
    assertThat(server.getInputStream().read()).isEqualTo(1);
    server.getOutputStream().write(2);
    assertThat(client.getInputStream().read()).isEqualTo(2);
  }

  private static long figure(TcpLedger ledger, String account) {
    return ledger.ledger().account(account).value().orElseThrow();
  }

  private static int closedPort() throws IOException {
    try (ServerSocketChannel listener = ServerSocketChannel.open()) {
      listener.bind(new InetSocketAddress(LOOPBACK, 0));
      return listener.socket().getLocalPort();
    }
  }
}
