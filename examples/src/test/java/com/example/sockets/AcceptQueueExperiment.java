package com.example.sockets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.socketlab.artifact.Table;
import dev.socketlab.experiment.Experiment;
import dev.socketlab.experiment.Factor;
import dev.socketlab.experiment.Lab;
import dev.socketlab.experiment.Mechanism;
import dev.socketlab.experiment.PrivateNetwork;
import dev.socketlab.experiment.Trials;
import dev.socketlab.gate.RequiresLinux;
import dev.socketlab.probe.ProtocolCounters;
import dev.socketlab.probe.TcpSockets;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;

/** A law of the kernel, in a network of its own, whose counters count this listener alone. */
@Tag("accept-queue")
@Experiment(
    title = "What an accept queue holds",
    shows = "how many connections wait for a server that does not accept; the rest is counted",
    doesNotShow = "how fast a server must accept under a real load")
@RequiresLinux
@PrivateNetwork(required = true)
class AcceptQueueExperiment {

  private static final int SURPLUS = 3;

  private record Queue(int backlog, long waiting, long overflows, long repeatedSyns) {}

  private final List<Queue> queues = new ArrayList<>();

  List<Integer> backlogs() {
    return List.of(1, 4, 16);
  }

  @Trials(2)
  void fill(@Factor("backlogs") int backlog) throws IOException {
    ProtocolCounters before = ProtocolCounters.read();
    try (ServerSocket server = new ServerSocket(0, backlog, InetAddress.getLoopbackAddress())) {
      int port = server.getLocalPort();
      List<SocketChannel> clients = new ArrayList<>();
      Queue queue = null;
      while (clients.size() < backlog + 1 + SURPLUS) {
        SocketChannel client = SocketChannel.open();
        client.configureBlocking(false);
        client.connect(server.getLocalSocketAddress());
        clients.add(client);
        queue =
            await()
                .pollDelay(Duration.ZERO)
                .until(
                    () -> look(port, backlog, before),
                    q -> q.waiting() + q.overflows() >= clients.size());
      }
      queues.add(queue);
      for (SocketChannel client : clients) {
        client.close();
      }
    }
  }

  @Mechanism("backlog + 1 connections wait, and each SYN beyond them is one overflow")
  void backlogPlusOne(Lab lab) {
    lab.report().table(Table.of("A listener that does not accept", queues));
    assertThat(queues)
        .allMatch(queue -> queue.waiting() == queue.backlog() + 1)
        .allMatch(queue -> queue.overflows() == SURPLUS + queue.repeatedSyns());
  }

  private static Queue look(int port, int backlog, ProtocolCounters before) {
    ProtocolCounters.Deltas counted = ProtocolCounters.read().since(before);
    return new Queue(
        backlog,
        TcpSockets.read().listenerOn(port).orElseThrow().acceptQueueLength(),
        counted.value("TcpExt", "ListenOverflows"),
        counted.value("TcpExt", "TCPSynRetrans"));
  }
}
