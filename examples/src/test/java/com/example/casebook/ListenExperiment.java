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
import dev.socketlab.gate.RequiresSocketOptions;
import dev.socketlab.probe.OpenDescriptor;
import dev.socketlab.probe.ProcessSockets;
import dev.socketlab.probe.ProtocolCounters;
import dev.socketlab.probe.SocketDetail;
import dev.socketlab.probe.SocketOptionValues;
import dev.socketlab.probe.TcpSocket;
import dev.socketlab.probe.TcpSockets;
import dev.socketlab.script.ScriptAccount;
import dev.socketlab.script.ScriptedConnection;
import dev.socketlab.script.ScriptedConnection.Outcome;
import dev.socketlab.subject.Subject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;

/** Backlogs, ports, descriptors, options: what a server asks for, and what the kernel granted. */
@Tag("listen")
@Experiment(
    title = "Listening and accepting: cases of the case book",
    shows = "how many connections wait, and which ports, descriptors and options there are",
    doesNotShow = "how fast a server must accept under a real load")
@RequiresLinux
@RequiresSocketOptions
@PrivateNetwork(required = true)
class ListenExperiment extends CaseBook {
  private final Case backlog50 = named("backlog-50").faulty(51, 1).repaired(60, 0);
  private final Case backlog511 = named("backlog-511").faulty(512, 1).repaired(520, 0);
  private final Case stopAccepting = named("stop-accepting").faulty(8).repaired(0);
  private final Case backlog128 = named("backlog-128").faulty(128).repaired(1_000);
  private final Case backlog16Bits = named("backlog-16-bits").faulty(65_535).repaired(196_602);
  private final Case emfileSpin = named("emfile-spin").faulty(1, 1).repaired(1, 0);
  private final Case timeWait = named("time-wait").faulty(10, 10).repaired(12, 0);
  private final Case rebind = named("rebind").faulty(0).repaired(1);
  private final Case dualStack = named("dual-stack").faulty(1).repaired(2);
  private final Case keepalive = named("keepalive").faulty(0, 0).repaired(1, 1);

  /** How many of some connections wait, and whether others were dropped. */
  private void fill(Case filled, String name, Build build, int connections, Lab lab) {
    Subject server = server(lab, name, build, 1_000).start();
    server.pause();
    ProtocolCounters before = ProtocolCounters.read();
    lab.script().within(Duration.ofMillis(100)).attempt(server.address(), connections);
    until(() -> listener(server).acceptQueueLength() + overflows(before) >= connections);
    filled.saw(build, listener(server).acceptQueueLength(), count(overflows(before) > 0));
  }

  private static long overflows(ProtocolCounters before) {
    return ProtocolCounters.read().since(before).value("TcpExt", "ListenOverflows");
  }

  @Trials
  void connectSixty(@Factor Build build, Lab lab) {
    fill(backlog50, "backlog-50", build, 60, lab);
  }

  @Mechanism("backlog-50: backlog + 1 connections wait, and the rest overflows")
  void backlog50(Lab lab) {
    backlog50.check(lab);
  }

  @Trials
  void connectMoreThan512(@Factor Build build, Lab lab) {
    fill(backlog511, "backlog-511", build, 520, lab);
  }

  @Mechanism("backlog-511: the runtime's backlog, not somaxconn, bounds the queue")
  void backlog511(Lab lab) {
    backlog511.check(lab);
  }

  @Trials
  void connectToOneThatDoesNotAccept(@Factor Build build, Lab lab) {
    Subject server = server(lab, "stop-accepting", build, 7).start();
    server.send("stop");
    awaitLine(server, "draining");
    lab.script().within(Duration.ofMillis(100));
    List<ScriptedConnection> clients = lab.script().attempt(server.address(), 12);
    stopAccepting.saw(build, ScriptAccount.of(clients).count(Outcome.OPEN));
  }

  @Mechanism("stop-accepting: backlog + 1 clients connect to who only stops to accept")
  void stopAccepting(Lab lab) {
    stopAccepting.check(lab);
  }

  @Trials
  void askWhatWasGranted(@Factor Build build, Lab lab) {
    Subject server = server(lab, "backlog-128", build, 1_000).start();
    backlog128.saw(build, listener(server).detail().backlog().orElseThrow());
  }

  @Mechanism("backlog-128: the kernel has the backlog that the library asked for")
  void backlog128(Lab lab) {
    backlog128.check(lab);
  }

  @Trials
  void askForMoreThan16Bits(@Factor Build build, Lab lab) {
    lab.here().set("net.core.somaxconn", 196_602);
    Subject server = server(lab, "backlog-16-bits", build, 196_602).start();
    backlog16Bits.saw(build, listener(server).detail().backlog().orElseThrow());
  }

  @Mechanism("backlog-16-bits: a backlog above 65535 is granted")
  void backlog16Bits(Lab lab) {
    backlog16Bits.check(lab);
  }

  @Trials
  void runOutOfDescriptors(@Factor Build build, Lab lab) throws InterruptedException {
    Subject server = server(lab, "emfile-spin", build).start();
    lab.script().connect(server.address()).send("x").read(5);
    try (Subject.DescriptorLimit full =
        server.limitDescriptors(OpenDescriptor.of(server.pid()).size())) {
      // A thread that waits in accept has the descriptor of the first already.
      lab.script().connect(server.address(), 2);
      awaitLine(server, "refused");
      emfileSpin.saw(build, listener(server).acceptQueueLength(), count(isRestless(server)));
    }
    server.close();
  }

  @Mechanism("emfile-spin: who has no descriptor left waits until one is free")
  void emfileSpin(Lab lab) {
    emfileSpin.check(lab);
  }

  @Trials
  void useUpTenPorts(@Factor Build build, Lab lab) throws IOException {
    lab.here().set("net.ipv4.ip_local_port_range", "40000 40009");
    lab.here().set("net.ipv4.tcp_tw_reuse", 0);
    Subject server = server(lab, "time-wait", build).start();
    long served = 0;
    for (int i = 0; i < 12; i++) {
      try (Socket socket = new Socket("127.0.0.1", server.port())) {
        socket.getOutputStream().write('x');
        served += socket.getInputStream().readNBytes(5).length / 5;
        if (!built(build).hasTheFault()) {
          socket.getInputStream().read(); // the server ends first
        }
      } catch (SocketException noPortIsLeft) {
        break;
      }
    }
    timeWait.saw(build, served, clientsInTimeWait(server));
  }

  private static long clientsInTimeWait(Subject server) {
    return TcpSockets.read().all().stream()
        .filter(socket -> socket.state() == TcpSocket.State.TIME_WAIT)
        .filter(socket -> socket.remote().getPort() == server.port())
        .count();
  }

  @Mechanism("time-wait: whoever closes first keeps the port; ten ports are ten sessions")
  void timeWait(Lab lab) {
    timeWait.check(lab);
  }

  @Trials
  void listenAgain(@Factor Build build, Lab lab) {
    Subject server = server(lab, "rebind", build).start();
    ScriptedConnection client = lab.script().connect(server.address());
    client.awaitEnd(); // the server has closed first
    client.close();
    awaitLine(server, "bound|in use");
    rebind.saw(build, count(server.outputLines().contains("bound")));
  }

  @Mechanism("rebind: a port with connections in TIME_WAIT can be listened on again")
  void rebind(Lab lab) {
    rebind.check(lab);
  }

  @Trials
  void connectOverBothFamilies(@Factor Build build, Lab lab) {
    Subject server = server(lab, "dual-stack", build).start();
    dualStack.saw(
        build,
        Stream.of("127.0.0.1", "::1")
            .map(host -> new InetSocketAddress(InetAddress.ofLiteral(host), server.port()))
            .filter(to -> lab.script().attempt(to, 1).getFirst().outcome() == Outcome.OPEN)
            .count());
  }

  @Mechanism("dual-stack: clients of both families connect")
  void dualStack(Lab lab) {
    dualStack.check(lab);
  }

  @Trials
  void goSilent(@Factor Build build, Lab lab) {
    Subject server = server(lab, "keepalive", build).start();
    ScriptedConnection client = lab.script().connect(server.address());
    client.read("hello".length());
    TcpSocket served =
        TcpSockets.read().heldBy(ProcessSockets.of(server.pid())).stream()
            .filter(socket -> socket.state() == TcpSocket.State.ESTABLISHED)
            .findAny()
            .orElseThrow();
    until(() -> client.otherSocket().orElseThrow().txQueue() == 0);
    keepalive.saw(
        build,
        SocketOptionValues.of(server.pid(), served.inode()).value("SO_KEEPALIVE").orElseThrow(),
        count(
            client.otherSocket().orElseThrow().detail().timer().stream()
                .anyMatch(timer -> timer.kind() == SocketDetail.TimerKind.KEEPALIVE)));
  }

  @Mechanism("keepalive: a connection at rest has a timer that notices a dead peer")
  void keepalive(Lab lab) {
    keepalive.check(lab);
  }

  @Control(
      value = "the builds are swapped",
      fails = {
        "backlog50",
        "backlog511",
        "stopAccepting",
        "backlog128",
        "backlog16Bits",
        "emfileSpin",
        "timeWait",
        "rebind",
        "dualStack",
        "keepalive"
      })
  static class Swapped extends ListenExperiment {
    @Override
    Build built(Build wanted) {
      return wanted.other();
    }
  }
}
