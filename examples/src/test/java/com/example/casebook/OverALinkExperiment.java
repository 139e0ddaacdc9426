package com.example.casebook;

import com.example.casebook.CaseBook.Build;
import dev.socketlab.experiment.Control;
import dev.socketlab.experiment.Experiment;
import dev.socketlab.experiment.Factor;
import dev.socketlab.experiment.Lab;
import dev.socketlab.experiment.Mechanism;
import dev.socketlab.experiment.PrivateNetwork;
import dev.socketlab.experiment.Trials;
import dev.socketlab.gate.RequiresFault;
import dev.socketlab.gate.RequiresLinux;
import dev.socketlab.network.LinkFault;
import dev.socketlab.network.Traffic;
import dev.socketlab.probe.ProtocolCounters;
import dev.socketlab.probe.TcpSocket;
import dev.socketlab.script.ScriptedConnection;
import dev.socketlab.script.ScriptedDatagrams;
import dev.socketlab.script.ScriptedListener;
import dev.socketlab.subject.Subject;
import java.net.InetSocketAddress;
import org.junit.jupiter.api.Tag;

/** What needs a link between two hosts: lost acknowledgements, a small MTU, a dead peer. */
@Tag("over-a-link")
@Experiment(
    title = "Over a link: cases of the case book",
    shows = "what Nagle's algorithm holds back, what is fragmented, and what a dead peer leaves",
    doesNotShow = "how long a reply is late")
@RequiresLinux
@RequiresFault(LinkFault.Kind.DROP)
@PrivateNetwork(hosts = 2, required = true)
class OverALinkExperiment extends CaseBook {
  private final Case nagle = named("nagle").faulty(4).repaired(8);
  private final Case naglePipeline = named("nagle-pipeline").faulty(100).repaired(0);
  private final Case fragments = named("fragments").faulty(30, 10).repaired(0, 0);
  private final Case tooBig = named("too-big").faulty(0).repaired(10);
  private final Case deadPeer = named("dead-peer").faulty(0, 1).repaired(1, 0);

  /** How much of two writes arrives while no acknowledgement goes back. */
  private long arrives(String name, Build build, int bytes, Lab lab) {
    lab.peer().set("net.ipv4.tcp_early_retrans", 0); // a loss probe would send what Nagle holds
    Subject server = server(lab, name, build, bytes).on(lab.peer()).start();
    ScriptedConnection client = lab.script().connect(server.address());
    server.pause();
    client.send("x");
    until(() -> client.socket().orElseThrow().txQueue() == 0);
    lab.peer().dropAll(Traffic.ALL);
    server.resume();
    client.awaitUnread(bytes);
    awaitRest(server);
    return client.awaitUnread(bytes);
  }

  @Trials
  void askForTwoWrites(@Factor Build build, Lab lab) {
    nagle.saw(build, arrives("nagle", build, 4, lab));
  }

  @Mechanism("nagle: the second of two small writes does not wait for an acknowledgement")
  void nagle(Lab lab) {
    nagle.check(lab);
  }

  @Trials
  void askForTwoReplies(@Factor Build build, Lab lab) {
    int reply = 1_448 + 100; // a whole segment of an MTU of 1500, and the rest
    naglePipeline.saw(build, 2L * reply - arrives("nagle-pipeline", build, reply, lab));
  }

  @Mechanism("nagle-pipeline: the end of a pipelined reply that fills no segment does not wait")
  void naglePipeline(Lab lab) {
    naglePipeline.check(lab);
  }

  @Trials
  void askForTenAnswers(@Factor Build build, Lab lab) throws Exception {
    Subject server = datagramServer(lab, "udp-fragments", build);
    ProtocolCounters before = lab.peer().call(ProtocolCounters::read);
    ScriptedDatagrams client =
        lab.script().datagramsTo(new InetSocketAddress(lab.peer().address(), server.port()));
    for (int i = 0; i < 10; i++) {
      client.send(new byte[1]);
      client.read();
    }
    ProtocolCounters.Deltas counted = lab.peer().call(() -> ProtocolCounters.read().since(before));
    fragments.saw(build, counted.value("Ip", "FragCreates"), counted.value("Ip", "FragOKs"));
  }

  private Subject datagramServer(Lab lab, String name, Build build) {
    return program(lab, CaseServer.class, name, build, "0", "0")
        .readyWhen("ready on (\\d+)")
        .on(lab.peer())
        .start();
  }

  @Mechanism("fragments: an answer fits into one packet")
  void fragments(Lab lab) {
    fragments.check(lab);
  }

  @Trials
  void sendOverASmallerMtu(@Factor Build build, Lab lab) throws Exception {
    lab.here().linkMtu(1_280);
    InetSocketAddress there = new InetSocketAddress(lab.peer().address(), 0);
    ScriptedDatagrams server = lab.peer().call(() -> lab.script().datagramsOn(there));
    ProtocolCounters before = ProtocolCounters.read();
    Subject client =
        client(
                lab,
                "too-big",
                build,
                lab.peer().address().getHostAddress(),
                server.address().getPort())
            .start();
    for (int i = 0; i < 10; i++) {
      client.send(Integer.toString(i));
      awaitLine(client, "datagram " + i);
    }
    tooBig.saw(build, ProtocolCounters.read().since(before).value("Udp", "OutDatagrams"));
  }

  @Mechanism("too-big: who is told that a datagram is too big sends smaller ones")
  void tooBig(Lab lab) {
    tooBig.check(lab);
  }

  @Trials
  void cutTheLink(@Factor Build build, Lab lab) throws Exception {
    if (!built(build).hasTheFault()) {
      lab.here().set("net.ipv4.tcp_retries2", 1);
    }
    InetSocketAddress there = new InetSocketAddress(lab.peer().address(), 0);
    ScriptedListener listener = lab.peer().call(() -> lab.script().listen(there));
    ScriptedConnection client = lab.script().connect(listener.address());
    ProtocolCounters before = ProtocolCounters.read();
    lab.here().cut();
    client.send("x");
    until(() -> client.socket().map(OverALinkExperiment::hasTriedOften).orElse(true));
    long aborts = ProtocolCounters.read().since(before).value("TcpExt", "TCPAbortOnTimeout");
    deadPeer.saw(build, aborts, client.socket().stream().count());
  }

  private static boolean hasTriedOften(TcpSocket socket) {
    return socket.detail().timer().stream().anyMatch(timer -> timer.retransmissions() >= 5);
  }

  @Mechanism("dead-peer: a connection whose peer has gone ends by a bound of its own")
  void deadPeer(Lab lab) {
    deadPeer.check(lab);
  }

  @Control(
      value = "the builds are swapped",
      fails = {"nagle", "naglePipeline", "fragments", "tooBig", "deadPeer"})
  static class Swapped extends OverALinkExperiment {
    @Override
    Build built(Build wanted) {
      return wanted.other();
    }
  }
}
