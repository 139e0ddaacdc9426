package dev.socketlab.probe;

import static dev.socketlab.assertion.LabAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.socketlab.place.PrivateNetworkThread;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.channels.ServerSocketChannel;
import java.util.Map;
import java.util.SortedMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.opentest4j.AssertionFailedError;
import org.opentest4j.TestAbortedException;

/** What this kernel counts for a TCP session, as the documentation of {@link TcpBooks} says. */
@Tag("isolation")
class TcpBooksIT {

  private static final int SESSIONS = 20;
  private static final InetAddress LOOPBACK = InetAddress.ofLiteral("127.0.0.1");

  private PrivateNetworkThread network;

  @BeforeEach
  void openNetwork() {
    try {
      network = PrivateNetworkThread.open();
    } catch (UnsupportedOperationException refusal) {
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
    assertThat(books(TcpBooksIT::halfClose)).balance();
  }

  @Test
  void aCloseByTheClientFirstBalances() throws Throwable {
    assertThat(
            books((client, server) -> {
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
            books((client, server) -> {
              exchange(client, server);
              server.close();
              assertThat(client.getInputStream().read()).isEqualTo(-1);
              client.close();
            }))
        .balance();
  }

  /** Java sends a FIN before it closes, so its end counts as closed when the reset is sent. */
  @Test
  void aCloseWithUnreadDataIsAResetSentAndAConnectionResetAtThePeer() throws Throwable {
    TcpBooks books =
        books((client, server) -> {
          server.getOutputStream().write(new byte[10]);
          assertThat(client.getInputStream().read()).isZero();
          client.close();
          server.close();
        });
    assertThat(figure(books, "OutRsts")).isEqualTo(SESSIONS);
    assertThat(figure(books, "EstabResets")).isEqualTo(SESSIONS);
    assertThat(figure(books, "TCPAbortOnClose")).isEqualTo(SESSIONS);
    assertThat(books.ledger().imbalances()).hasSize(2);
  }

  @Test
  void aCloseWithoutLingeringIsAConnectionResetAtEachEnd() throws Throwable {
    TcpBooks books =
        books((client, server) -> {
          client.setSoLinger(true, 0);
          client.close();
          server.close();
        });
    assertThat(figure(books, "OutRsts")).isEqualTo(SESSIONS);
    assertThat(figure(books, "EstabResets")).isEqualTo(2 * SESSIONS);
    assertThat(figure(books, "TCPAbortOnData")).isEqualTo(SESSIONS);
    assertThat(books.ledger().imbalances()).hasSize(2);
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

  private TcpBooks books(Session session) throws Throwable {
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
      return TcpBooks.titled(SESSIONS + " sessions")
          .completed(SESSIONS)
          .accepted(SESSIONS)
          .counters(ProtocolCounters.read().since(before))
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

  private static void exchange(Socket client, Socket server) throws IOException {
    client.getOutputStream().write(1);
    assertThat(server.getInputStream().read()).isEqualTo(1);
    server.getOutputStream().write(2);
    assertThat(client.getInputStream().read()).isEqualTo(2);
  }

  private static long figure(TcpBooks books, String account) {
    return books.ledger().account(account).value().orElseThrow();
  }

  private static int closedPort() throws IOException {
    try (ServerSocketChannel listener = ServerSocketChannel.open()) {
      listener.bind(new InetSocketAddress(LOOPBACK, 0));
      return listener.socket().getLocalPort();
    }
  }
}
