package dev.socketlab.experiments.laws;

import dev.socketlab.experiments.Patience;
import dev.socketlab.internal.os.TimeOut;
import dev.socketlab.ledger.Ledger;
import dev.socketlab.probe.ProtocolCounters;
import dev.socketlab.probe.TcpSocket;
import dev.socketlab.probe.TcpSockets;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicReference;
import org.awaitility.Awaitility;

/** Connects to a listener until its accept queue is full, and then some more. */
final class AcceptQueueDriver implements AutoCloseable {

  private static final Duration SOON = Duration.ofSeconds(1);
  private static final Duration POLL = Duration.ofMillis(1);
  private static final Duration RETRY_AT_MOST = Duration.ofSeconds(10);

  private final InetSocketAddress listener;
  private final ProtocolCounters before = ProtocolCounters.read();
  private final List<SocketChannel> clients = new ArrayList<>();
  private int surplus;

  AcceptQueueDriver(InetSocketAddress listener) {
    this.listener = listener;
  }

  /**
   * Connects one after the other, each only when the one before is in the queue; two that were on
   * their way at once might both find the last place free. Gives up where one does not get in.
   */
  void fill(int connections) throws IOException {
    for (int i = 1; i <= connections; i++) {
      SocketChannel client = connect();
      int opened = i;
      if (!reached(
          () -> client.finishConnect() && counted().value("Tcp", "PassiveOpens") >= opened)) {
        return;
      }
    }
  }

  /** Connects where there is no place left. */
  void overflow(int connections) throws IOException {
    for (int i = 0; i < connections; i++) {
      connect();
      surplus++;
      awaitOverflows();
    }
  }

  /**
   * Waits until each SYN that was sent, however often, has met the full queue. One that is repeated
   * meanwhile is one more of both.
   */
  private ProtocolCounters.Deltas awaitOverflows() {
    AtomicReference<ProtocolCounters.Deltas> last = new AtomicReference<>(counted());
    reached(() -> {
      ProtocolCounters.Deltas counted = counted();
      last.set(counted);
      return counted.value("TcpExt", "ListenOverflows")
          == surplus + counted.value("TcpExt", "TCPSynRetrans");
    });
    return Objects.requireNonNull(last.get());
  }

  /** Waits until the kernel has repeated each SYN that was dropped. */
  void awaitRetries() {
    Awaitility.await("each dropped SYN is repeated")
        .pollInSameThread()
        .atMost(TimeOut.scaled(RETRY_AT_MOST))
        .until(() -> counted().value("TcpExt", "TCPSynRetrans") >= surplus);
  }

  /** Waits until the listener has accepted all that was in the queue. */
  void awaitEmptyQueue() {
    Awaitility.await("the accept queue is empty")
        .pollInSameThread()
        .atMost(TimeOut.scaled(RETRY_AT_MOST))
        .until(() -> waiting() == 0);
  }

  private long waiting() {
    return TcpSockets.read().listenerOn(listener.getPort()).orElseThrow().acceptQueueLength();
  }

  private SocketChannel connect() throws IOException {
    SocketChannel client = SocketChannel.open();
    clients.add(client);
    client.configureBlocking(false);
    client.connect(listener);
    return client;
  }

  private static boolean reached(Callable<Boolean> condition) {
    return Patience.until(SOON, POLL, condition);
  }

  private ProtocolCounters.Deltas counted() {
    return ProtocolCounters.read().since(before);
  }

  /** Closes the ledger: what was attempted, what the tables show, what the kernel counted. */
  Ledger ledger(String title, int effectiveBacklog) {
    ProtocolCounters.Deltas counted = awaitOverflows(); // a SYN may be repeated at any moment
    TcpSockets sockets = TcpSockets.read();
    long waiting = sockets.listenerOn(listener.getPort()).orElseThrow().acceptQueueLength();
    long refused =
        sockets.all().stream()
            .filter(socket -> socket.state() == TcpSocket.State.SYN_SENT)
            .filter(socket -> socket.remote().getPort() == listener.getPort())
            .count();
    return Ledger.titled(title)
        .account("capacity", effectiveBacklog + 1L, "min(backlog, somaxconn) + 1")
        .account("surplus", surplus, "driver: connections attempted beyond the capacity")
        .account("waiting", waiting, "net/tcp, rx_queue of the listener")
        .account("refused", refused, "net/tcp, clients in SYN_SENT")
        .counter(counted, "Tcp", "PassiveOpens")
        .counter(counted, "TcpExt", "ListenOverflows")
        .counter(counted, "TcpExt", "ListenDrops")
        .counter(counted, "TcpExt", "TCPSynRetrans")
        .equation("the queue holds backlog + 1", "waiting", "capacity")
        .equation("each connection held is one PassiveOpens", "PassiveOpens", "capacity")
        .equation("each surplus connection waits for an answer", "refused", "surplus")
        .equation(
            "each SYN too many is one overflow", "ListenOverflows", "surplus", "TCPSynRetrans")
        .equation("each overflow is one drop", "ListenDrops", "ListenOverflows")
        .build();
  }

  @Override
  public void close() throws IOException {
    for (SocketChannel client : clients) {
      client.close();
    }
  }
}
