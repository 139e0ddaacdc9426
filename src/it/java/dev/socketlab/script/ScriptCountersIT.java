package dev.socketlab.script;

import static org.assertj.core.api.Assertions.assertThat;

import dev.socketlab.internal.os.TimeOut;
import dev.socketlab.network.internal.PrivateNetworkThread;
import dev.socketlab.probe.ProtocolCounters;
import dev.socketlab.probe.TcpSocket;
import dev.socketlab.probe.TcpSockets;
import dev.socketlab.script.ScriptedConnection.Outcome;
import dev.socketlab.testkit.PrivateNetworks;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.concurrent.Callable;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the kernel counts for each verb of a script, in a network of its own. */
@Tag("isolation")
class ScriptCountersIT {

  private PrivateNetworkThread network;
  private final Script script = Script.of(true, () -> "");

  @BeforeEach
  void openNetwork() {
    network = PrivateNetworks.openOrSkip();
  }

  @AfterEach
  void closeNetwork() {
    script.close();
    if (network != null) {
      network.close();
    }
  }

  /** What two ends do, of several connections at once. */
  private interface Play {
    void with(List<ScriptedConnection> clients, List<ScriptedConnection> served);
  }

  private SortedMap<String, Long> counted(int connections, Play play) throws Throwable {
    return network.call(() -> {
      ScriptedListener listener = script.listen();
      ProtocolCounters before = ProtocolCounters.read();
      List<ScriptedConnection> clients = script.connect(listener.address(), connections);
      play.with(clients, listener.accept(connections));
      return ProtocolCounters.settledSince(before).nonZero();
    });
  }

  @Test
  void aResetIsAnAbortAndAResetAtBothEnds() throws Throwable {
    SortedMap<String, Long> counted =
        counted(
            10,
            (clients, served) -> {
              clients.forEach(ScriptedConnection::reset);
              assertThat(served)
                  .allSatisfy(end -> assertThat(end.awaitEnd()).isEqualTo(Outcome.RESET));
            });
    assertThat(counted)
        .containsEntry("TcpExt.TCPAbortOnData", 10L)
        .containsEntry("Tcp.OutRsts", 10L)
        .containsEntry("Tcp.EstabResets", 20L)
        .doesNotContainKey("TcpExt.TCPAbortOnClose");
  }

  @Test
  void aCloseWithUnreadInputIsAnAbortAndTheReplyIsThere() throws Throwable {
    SortedMap<String, Long> counted =
        counted(
            10,
            (clients, served) -> {
              clients.forEach(client -> client.send("an upload that nobody reads"));
              served.forEach(end -> end.awaitUnread(27));
              served.forEach(end -> end.send("413").close());
              clients.forEach(client -> assertThat(client.read(3)).asString().isEqualTo("413"));
              assertThat(clients)
                  .allSatisfy(end -> assertThat(end.awaitEnd()).isEqualTo(Outcome.RESET));
            });
    assertThat(counted)
        .containsEntry("TcpExt.TCPAbortOnClose", 10L)
        .containsEntry("Tcp.OutRsts", 10L)
        .containsEntry("Tcp.EstabResets", 20L)
        .doesNotContainKey("TcpExt.TCPAbortOnData");
  }

  @Test
  void aHalfCloseAndACloseAreNoResets() throws Throwable {
    SortedMap<String, Long> counted =
        counted(
            10,
            (clients, served) -> {
              clients.forEach(client -> client.send("request").halfClose());
              served.forEach(end -> assertThat(end.readToEnd()).hasSize(7));
              served.forEach(end -> end.send("reply").close());
              clients.forEach(client -> assertThat(client.readToEnd()).hasSize(5));
              clients.forEach(ScriptedConnection::close);
            });
    assertThat(counted)
        .containsEntry("Tcp.ActiveOpens", 10L)
        .doesNotContainKeys("TcpExt.TCPAbortOnClose", "TcpExt.TCPAbortOnData", "Tcp.EstabResets");
  }

  @Test
  void whatIsSentAfterTheOtherEndHasClosedIsAnsweredByAReset() throws Throwable {
    SortedMap<String, Long> counted =
        counted(
            10,
            (clients, served) -> {
              served.forEach(ScriptedConnection::close);
              clients.forEach(client -> assertThat(client.awaitEnd()).isEqualTo(Outcome.EOF));
              clients.forEach(client -> client.send("too late"));
            });
    // Whether it is also a TCPAbortOnData depends on when the FIN was acknowledged.
    assertThat(counted).containsEntry("Tcp.OutRsts", 10L).containsEntry("Tcp.EstabResets", 10L);
  }

  @Test
  void whoDoesNotCloseIsLeftInCloseWait() throws Throwable {
    counted(
        20,
        (clients, served) -> {
          clients.forEach(ScriptedConnection::close);
          served.forEach(end -> end.awaitUnread(1));
          assertThat(served)
              .allSatisfy(end ->
                  assertThat(end.socket().orElseThrow().state())
                      .isEqualTo(TcpSocket.State.CLOSE_WAIT));
          // An acknowledgement of a FIN may be delayed, and until then it is FIN_WAIT1.
          await(() -> inState(TcpSocket.State.FIN_WAIT2) == 20);
        });
  }

  private static void await(Callable<Boolean> condition) {
    Awaitility.await()
        .pollInSameThread()
        .pollDelay(Duration.ZERO)
        .atMost(TimeOut.scaled(Duration.ofSeconds(20)))
        .until(condition);
  }

  private static long inState(TcpSocket.State state) {
    return TcpSockets.read().all().stream().filter(socket -> socket.state() == state).count();
  }

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1", "::1"})
  void whoNeverReadsLeavesEachByteInOneOfTheTwoQueues(String address) throws Throwable {
    network.call(() -> {
      ScriptedListener listener =
          script.listen(new InetSocketAddress(InetAddress.ofLiteral(address), 0));
      ScriptedConnection client = script.connect(listener.address());
      ScriptedConnection server = listener.accept();
      ProtocolCounters before = ProtocolCounters.read();
      long taken = server.sendUntilFull(1L << 30);
      TcpSocket sender = client.awaitStalled();
      TcpSocket reader = client.socket().orElseThrow();
      assertThat(sender.txQueue()).isPositive();
      assertThat(sender.txQueue() + reader.rxQueue()).isEqualTo(taken);
      assertThat(ProtocolCounters.read().since(before).value("TcpExt", "TCPToZeroWindowAdv"))
          .isPositive();
      assertThat(client.read((int) taken)).hasSize((int) taken);
      return taken;
    });
  }

  @Test
  void connectionsToNobodyAreFailedAttempts() throws Throwable {
    SortedMap<String, Long> counted =
        network.call(() -> {
          ScriptedListener listener = script.listen();
          listener.close();
          ProtocolCounters before = ProtocolCounters.read();
          List<ScriptedConnection> refused = script.attempt(listener.address(), 12);
          assertThat(ScriptAccount.of(refused).count(Outcome.REFUSED)).isEqualTo(12);
          return ProtocolCounters.settledSince(before).nonZero();
        });
    assertThat(counted).containsEntry("Tcp.AttemptFails", 12L).containsEntry("Tcp.OutRsts", 12L);
  }

  @Test
  void aListenerThatClosesResetsWhoWaits() throws Throwable {
    SortedMap<String, Long> counted =
        network.call(() -> {
          ScriptedListener listener = script.listen();
          List<ScriptedConnection> waiting = script.connect(listener.address(), 12);
          ProtocolCounters before = ProtocolCounters.read();
          listener.close();
          assertThat(waiting)
              .allSatisfy(end -> assertThat(end.awaitEnd()).isEqualTo(Outcome.RESET));
          return ProtocolCounters.settledSince(before).nonZero();
        });
    assertThat(counted).containsEntry("Tcp.OutRsts", 12L);
  }

  /** The kernel answers a SYN before there is a socket, so that segment is in nobody's account. */
  @Test
  void theSegmentsOfBothEndsAreThoseOfTheNetwork() throws Throwable {
    List<ScriptAccount> accounts = new ArrayList<>();
    SortedMap<String, Long> counted =
        counted(
            5,
            (clients, served) -> {
              clients.forEach(client -> client.send("ping"));
              served.forEach(end -> end.read(4));
              served.forEach(end -> end.send("pong"));
              clients.forEach(client -> client.read(4));
              // Carries the acknowledgement, which could else go out between the account and the
              // reset.
              clients.forEach(client -> client.send("!"));
              served.forEach(end -> end.read(1));
              clients.forEach(ScriptedConnection::reset);
              served.forEach(end -> assertThat(end.awaitEnd()).isEqualTo(Outcome.RESET));
              accounts.add(ScriptAccount.of(clients));
              accounts.add(ScriptAccount.of(served));
            });
    long sent = accounts.stream().mapToLong(account -> account.segmentsSent().orElseThrow()).sum();
    long synAcks = 5;
    assertThat(sent + synAcks + counted.getOrDefault("Tcp.OutRsts", 0L))
        .isEqualTo(
            counted.getOrDefault("Tcp.OutSegs", 0L) + counted.getOrDefault("Tcp.RetransSegs", 0L));
  }

  @Test
  void aDatagramToNobodyIsRefusedWithTheNextSend() throws Throwable {
    long noPorts =
        network.call(() -> {
          ScriptedDatagrams server =
              script.datagramsOn(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0));
          ScriptedDatagrams client = script.datagramsTo(server.address());
          server.close();
          ProtocolCounters before = ProtocolCounters.read();
          for (int i = 0; i < 20; i++) {
            client.send(new byte[1]);
            await(() ->
                ProtocolCounters.read().since(before).value("Icmp", "InDestUnreachs")
                    == client.sent()); // the refusal is there before the next send
          }
          assertThat(client.sent()).isEqualTo(10);
          assertThat(client.refused()).isEqualTo(10);
          return ProtocolCounters.read().since(before).value("Udp", "NoPorts");
        });
    assertThat(noPorts).isEqualTo(10);
  }
}
