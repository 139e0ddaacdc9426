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
import dev.socketlab.probe.ProcessSockets;
import dev.socketlab.probe.ProtocolCounters;
import dev.socketlab.probe.TcpSocket;
import dev.socketlab.script.Ending;
import dev.socketlab.script.ScriptAccount;
import dev.socketlab.script.ScriptedConnection;
import dev.socketlab.script.ScriptedConnection.Outcome;
import dev.socketlab.subject.Subject;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;

/** Resets, half-closes, hang-ups, and what a server leaves behind. */
@Tag("connection-ends")
@Experiment(
    title = "How connections end: cases of the case book",
    shows = "resets, lost replies, and what is left of connections that have ended",
    doesNotShow = "how often it happens under a real load")
@RequiresLinux
@PrivateNetwork(required = true)
class ConnectionEndsExperiment extends CaseBook {
  private final Case resetOnClose = named("reset-on-close").faulty(20).repaired(0);
  private final Case closeWait = named("close-wait").faulty(20).repaired(0);
  private final Case halfClose = named("half-close").faulty(0).repaired(10);
  private final Case lingerZero = named("linger-zero").faulty(10, 10).repaired(0, 0);
  private final Case drain = named("drain").faulty(12, 0).repaired(0, 12);
  private final Case hangUpSpin = named("hang-up-spin").faulty(2).repaired(0);
  private final Case unixHangUp = named("unix-hang-up").faulty(5, 1).repaired(0, 0);

  @Trials
  void rejectAnUpload(@Factor Build build, Lab lab) {
    Subject server = server(lab, "reset-on-close", build).start();
    server.pause(); // so that each upload has arrived before it is rejected
    ProtocolCounters before = ProtocolCounters.read();
    List<ScriptedConnection> clients = lab.script().connect(server.address(), 20);
    clients.forEach(client -> client.send(new byte[32 << 10]));
    until(() -> clients.stream().allMatch(end -> end.socket().orElseThrow().txQueue() == 0));
    server.resume();
    clients.forEach(client -> client.read("413".length()));
    clients.forEach(ScriptedConnection::awaitEnd);
    clients.forEach(ScriptedConnection::close);
    awaitLine(server, "done 20");
    resetOnClose.saw(build, settled(before, "TcpExt", "TCPAbortOnClose"));
  }

  @Mechanism("reset-on-close: a rejected upload is reset unless it is drained")
  void resetOnClose(Lab lab) {
    resetOnClose.check(lab);
  }

  @Trials
  void closeTwentyClients(@Factor Build build, Lab lab) {
    Subject server = server(lab, "close-wait", build).start();
    lab.script().connect(server.address(), 20).forEach(client -> client.send("ha").close());
    awaitLine(server, "done 20");
    closeWait.saw(build, inState(server, TcpSocket.State.CLOSE_WAIT));
  }

  @Mechanism("close-wait: whose clients have gone is in CLOSE_WAIT until it closes")
  void closeWait(Lab lab) {
    closeWait.check(lab);
  }

  @Trials
  void askAndEndTheOutput(@Factor Build build, Lab lab) {
    Subject server = server(lab, "half-close", build).start();
    List<ScriptedConnection> clients = lab.script().connect(server.address(), 10);
    clients.forEach(client -> client.send("request").halfClose());
    halfClose.saw(build, clients.stream().filter(end -> end.readToEnd().length == 5).count());
  }

  @Mechanism("half-close: a client that has ended its output still gets its reply")
  void halfClose(Lab lab) {
    halfClose.check(lab);
  }

  @Trials
  void readUntilItEnds(@Factor Build build, Lab lab) {
    Subject server = server(lab, "linger-zero", build).start();
    ProtocolCounters before = ProtocolCounters.read();
    List<ScriptedConnection> clients = lab.script().connect(server.address(), 10);
    clients.forEach(client -> client.send("x"));
    clients.forEach(ScriptedConnection::awaitEnd);
    long resets = ScriptAccount.of(clients).count(Outcome.RESET);
    lingerZero.saw(build, settled(before, "TcpExt", "TCPAbortOnData"), resets);
  }

  @Mechanism("linger-zero: a linger time of 0 makes each close a reset")
  void lingerZero(Lab lab) {
    lingerZero.check(lab);
  }

  @Trials
  void connectDuringTheDrain(@Factor Build build, Lab lab) {
    Subject server = server(lab, "drain", build).start();
    server.send("drain");
    awaitLine(server, "draining");
    List<ScriptedConnection> late = lab.script().attempt(server.address(), 12);
    server.send("the drain has ended");
    awaitLine(server, "closed");
    late.stream().filter(end -> end.outcome() == Outcome.OPEN).forEach(end -> end.awaitEnd());
    ScriptAccount account = ScriptAccount.of(late);
    drain.saw(build, account.count(Outcome.RESET), account.count(Outcome.REFUSED));
  }

  @Mechanism("drain: whoever comes during the drain is refused, and not reset at its end")
  void drain(Lab lab) {
    drain.check(lab);
  }

  @Trials
  void endInThreeWays(@Factor Build build, Lab lab) {
    long unclean = 0;
    lab.script().within(SOON.dividedBy(10)); // ten looks at a thread that spins
    for (Ending ending :
        List.of(Ending.CLOSE_AFTER_REPLY, Ending.SILENCE_THEN_CLOSE, Ending.RESET_AFTER_REQUEST)) {
      Subject server = server(lab, "hang-up-spin", build).start();
      unclean += count(!ending.play(lab.script(), server, Ping::new, 4).faults().isEmpty());
      server.close();
    }
    hangUpSpin.saw(build, unclean);
  }

  @Mechanism("hang-up-spin: no end of a connection leaves a thread that spins")
  void hangUpSpin(Lab lab) {
    hangUpSpin.check(lab);
  }

  @Trials
  void hangUpAUnixSocket(@Factor Build build, Lab lab) throws Exception {
    // Not in the output folder: such a path may have 107 bytes.
    Path path = Files.createTempDirectory("case").resolve("s");
    Subject server =
        program(lab, CaseServer.class, "unix-hang-up", build, path.toString(), "0")
            .readyWhen("ready")
            .start();
    int before = ProcessSockets.of(server.pid()).inodes().size();
    lab.script()
        .connect(UnixDomainSocketAddress.of(path), 5)
        .forEach(client -> client.send("x").close());
    awaitLine(server, "done 5");
    int left = ProcessSockets.of(server.pid()).inodes().size() - before;
    unixHangUp.saw(build, left, count(isRestless(server)));
    server.close();
    Files.deleteIfExists(path);
    Files.delete(path.getParent());
  }

  @Mechanism("unix-hang-up: a peer of a unix socket that hangs up leaves no socket and no thread")
  void unixHangUp(Lab lab) {
    unixHangUp.check(lab);
  }

  @Control(
      value = "the builds are swapped",
      fails = {
        "resetOnClose",
        "closeWait",
        "halfClose",
        "lingerZero",
        "drain",
        "hangUpSpin",
        "unixHangUp"
      })
  static class Swapped extends ConnectionEndsExperiment {
    @Override
    Build built(Build wanted) {
      return wanted.other();
    }
  }
}
