package com.example.casebook;

import com.example.casebook.CaseBook.Build;
import dev.socketlab.experiment.Control;
import dev.socketlab.experiment.Experiment;
import dev.socketlab.experiment.Factor;
import dev.socketlab.experiment.Lab;
import dev.socketlab.experiment.Mechanism;
import dev.socketlab.experiment.PrivateNetwork;
import dev.socketlab.experiment.Trials;
import dev.socketlab.gate.RequiresLinux;
import dev.socketlab.probe.ProtocolCounters;
import dev.socketlab.probe.UdpSocket;
import dev.socketlab.probe.UdpSockets;
import dev.socketlab.script.ScriptedDatagrams;
import dev.socketlab.subject.Subject;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;

/** Datagrams that are lost, refused, or never read. */
@Tag("datagrams")
@Experiment(
    title = "Datagrams: cases of the case book",
    shows = "which datagrams are lost, and which counter of the kernel has each of them",
    doesNotShow = "how many are lost under a real load")
@RequiresLinux
@PrivateNetwork(required = true)
class DatagramsExperiment extends CaseBook {
  private final Case udpBuffer = named("udp-buffer").faulty(9, 9, 1).repaired(0, 0, 10);
  private final Case icmpRefused = named("icmp-refused").faulty(1, 0).repaired(10, 20);
  private final Case udpGranted = named("udp-granted").faulty(0).repaired(1);
  private final Case leftInTheGroup = named("left-in-the-group").faulty(1).repaired(0);

  private Subject server(Lab lab, String name, Build build, String port) {
    return program(lab, CaseServer.class, name, build, port, "0")
        .readyWhen("ready on (\\d+)")
        .start();
  }

  private static InetSocketAddress loopback(int port) {
    return new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), port);
  }

  /** 8000 bytes are charged with more than the small buffer has: it holds one, on each kernel. */
  @Trials
  void sendToOneThatDoesNotRead(@Factor Build build, Lab lab) {
    Subject server = server(lab, "udp-buffer", build, "0");
    ProtocolCounters before = ProtocolCounters.read();
    ScriptedDatagrams client = lab.script().datagramsTo(loopback(server.port()));
    for (int i = 0; i < 10; i++) {
      client.send(new byte[8_000]);
    }
    UdpSocket socket = UdpSockets.read().onlyOnPort(server.port());
    ProtocolCounters.Deltas counted = ProtocolCounters.read().since(before);
    server.send("read");
    awaitLine(server, "^read \\d");
    long read = ProtocolCounters.read().since(before).value("Udp", "InDatagrams");
    udpBuffer.saw(build, socket.drops(), counted.value("Udp", "RcvbufErrors"), read);
  }

  @Mechanism("udp-buffer: what a full receive buffer drops is counted by socket and kernel alike")
  void udpBuffer(Lab lab) {
    udpBuffer.check(lab);
  }

  @Trials
  void restartTheAgent(@Factor Build build, Lab lab) {
    int port = lab.freePort();
    Subject client = client(lab, "icmp-refused", build, "127.0.0.1", port).start();
    ProtocolCounters before = ProtocolCounters.read();
    send(client, 0, 20);
    long toNobody = ProtocolCounters.read().since(before).value("Udp", "NoPorts");
    lab.script().datagramsOn(loopback(port));
    ProtocolCounters since = ProtocolCounters.read();
    send(client, 20, 40);
    icmpRefused.saw(
        build, toNobody, ProtocolCounters.read().since(since).value("Udp", "OutDatagrams"));
  }

  /** One after the other, so that each refusal is there before the next is sent. */
  private static void send(Subject client, int from, int to) {
    for (int i = from; i < to; i++) {
      client.send(Integer.toString(i));
      awaitLine(client, "metric " + i + ",");
      until(() -> {
        ProtocolCounters now = ProtocolCounters.read();
        return now.value("Icmp", "InDestUnreachs") == now.value("Udp", "NoPorts");
      });
    }
  }

  @Mechanism("icmp-refused: metrics go on when the agent is there again")
  void icmpRefused(Lab lab) {
    icmpRefused.check(lab);
  }

  @Trials
  void askWhatWasGranted(@Factor Build build, Lab lab) {
    Subject server = server(lab, "udp-granted", build, "0");
    long asked = built(build).hasTheFault() ? 512 << 20 : 65_536;
    UdpSocket socket = UdpSockets.read().onlyOnPort(server.port());
    udpGranted.saw(build, count(socket.detail().memory("rcvbuf").orElseThrow() == 2 * asked));
  }

  @Mechanism("udp-granted: the receive buffer is as large as was asked for")
  void udpGranted(Lab lab) {
    udpGranted.check(lab);
  }

  /** A flow is one client's port; the kernel gives each to one socket of the group. */
  @Trials
  void askFromAHundredPorts(@Factor Build build, Lab lab) {
    Subject server = server(lab, "udp-left-in-the-group", build, "0");
    List<ScriptedDatagrams> flows = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      flows.add(lab.script().datagramsTo(loopback(server.port())));
      flows.getLast().send(new byte[1]);
    }
    awaitRest(server);
    long unread =
        UdpSockets.read().onPort(server.port()).stream()
            .filter(socket -> socket.rxQueueBytes() > 0)
            .count();
    leftInTheGroup.saw(build, unread);
  }

  @Mechanism("left-in-the-group: no socket of a port gets datagrams that nobody reads")
  void leftInTheGroup(Lab lab) {
    leftInTheGroup.check(lab);
  }

  @Control(
      value = "the builds are swapped",
      fails = {"udpBuffer", "icmpRefused", "udpGranted", "leftInTheGroup"})
  static class Swapped extends DatagramsExperiment {
    @Override
    Build built(Build wanted) {
      return wanted.other();
    }
  }
}
