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
import dev.socketlab.script.ScriptedConnection;
import dev.socketlab.script.ScriptedListener;
import dev.socketlab.subject.Subject;
import org.junit.jupiter.api.Tag;

/** Clients as subjects: the test plays the server. */
@Tag("clients")
@Experiment(
    title = "Clients: cases of the case book",
    shows = "what a client does with early replies, refusals, stale connections and options",
    doesNotShow = "what a particular library does: put it in the place of CaseClient")
@RequiresLinux
@RequiresSocketOptions
@PrivateNetwork(required = true)
class ClientsExperiment extends CaseBook {
  private final Case refusedUpload = named("refused-upload").faulty(5, 0).repaired(5, 5);
  private final Case descriptorLeak = named("descriptor-leak").faulty(100, 100).repaired(100, 0);
  private final Case staleConnection = named("stale-connection").faulty(1, 0).repaired(1, 1);
  private final Case noDelay = named("no-delay").faulty(0).repaired(1);
  private final Case segments = named("segments-per-statement").faulty(20).repaired(10);

  @Trials
  void refuseFiveUploads(@Factor Build build, Lab lab) {
    ScriptedListener listener = lab.script().listen();
    Subject client = client(lab, "refused-upload", build, "127.0.0.1", listener.port()).start();
    ProtocolCounters before = ProtocolCounters.read();
    for (int i = 0; i < 5; i++) {
      client.send("upload " + i);
      ScriptedConnection connection = listener.accept();
      connection.readUntil("\r\n\r\n");
      connection.awaitUnread(1);
      connection.send("403").close();
      awaitLine(client, "upload " + i + " got");
    }
    long aborts = settled(before, "TcpExt", "TCPAbortOnClose");
    long replies = client.outputLines().stream().filter(line -> line.endsWith("\"403\"")).count();
    refusedUpload.saw(build, aborts, replies);
  }

  @Mechanism("refused-upload: the reply is there although the upload was reset")
  void refusedUpload(Lab lab) {
    refusedUpload.check(lab);
  }

  @Trials
  void refuseAHundredConnections(@Factor Build build, Lab lab) {
    Subject client = client(lab, "descriptor-leak", build, "127.0.0.1", lab.freePort()).start();
    client.send("1"); // what is opened once
    awaitLine(client, "tried 1$");
    ProtocolCounters before = ProtocolCounters.read();
    int open = OpenDescriptor.of(client.pid()).size();
    client.send("100");
    awaitLine(client, "tried 100$");
    long failed = ProtocolCounters.read().since(before).value("Tcp", "AttemptFails");
    descriptorLeak.saw(build, failed, OpenDescriptor.of(client.pid()).size() - open);
  }

  @Mechanism("descriptor-leak: a connection that was refused leaves no descriptor")
  void descriptorLeak(Lab lab) {
    descriptorLeak.check(lab);
  }

  @Trials
  void endAnIdleConnection(@Factor Build build, Lab lab) {
    ScriptedListener listener = lab.script().listen();
    Subject client = client(lab, "stale-connection", build, "127.0.0.1", listener.port()).start();
    ProtocolCounters before = ProtocolCounters.read();
    listener.accept().close(); // the end is there, and the client does not look
    client.send("1");
    if (!built(build).hasTheFault()) {
      ScriptedConnection again = listener.accept();
      again.readUntil("ask\n");
      again.send("ok");
    }
    awaitLine(client, "asked 1");
    long resets = settled(before, "Tcp", "OutRsts");
    staleConnection.saw(build, resets, count(client.outputLines().contains("asked 1, got \"ok\"")));
  }

  @Mechanism("stale-connection: a request on a connection that the server has ended is repeated")
  void staleConnection(Lab lab) {
    staleConnection.check(lab);
  }

  @Trials
  void lookAtTheOption(@Factor Build build, Lab lab) {
    ScriptedListener listener = lab.script().listen();
    Subject client = client(lab, "no-delay", build, "127.0.0.1", listener.port()).start();
    TcpSocket socket = TcpSockets.read().heldBy(ProcessSockets.of(client.pid())).getFirst();
    noDelay.saw(
        build,
        SocketOptionValues.of(client.pid(), socket.inode()).value("TCP_NODELAY").orElseThrow());
  }

  @Mechanism("no-delay: a client sets TCP_NODELAY")
  void noDelay(Lab lab) {
    noDelay.check(lab);
  }

  @Trials
  void answerTenStatements(@Factor Build build, Lab lab) {
    ScriptedListener listener = lab.script().listen();
    Subject client =
        client(lab, "segments-per-statement", build, "127.0.0.1", listener.port()).start();
    ScriptedConnection connection = listener.accept();
    for (int i = 0; i < 10; i++) {
      client.send(Integer.toString(i));
      connection.readUntil("SELECT;");
      connection.send("ok");
      awaitLine(client, "statement " + i);
    }
    segments.saw(build, segmentsOf(connection.otherSocket().orElseThrow().detail()));
  }

  private static long segmentsOf(SocketDetail client) {
    return client.tcpInfo("data_segs_out").orElseThrow()
        - client.tcpInfo("total_retrans").orElseThrow();
  }

  @Mechanism("segments-per-statement: what waits for one reply is one segment")
  void segments(Lab lab) {
    segments.check(lab);
  }

  @Control(
      value = "the builds are swapped",
      fails = {"refusedUpload", "descriptorLeak", "staleConnection", "noDelay", "segments"})
  static class Swapped extends ClientsExperiment {
    @Override
    Build built(Build wanted) {
      return wanted.other();
    }
  }
}
