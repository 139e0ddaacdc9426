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
import dev.socketlab.script.ScriptedConnection;
import dev.socketlab.subject.Subject;
import java.util.List;
import org.junit.jupiter.api.Tag;

/** Clients that do not read, or read late; and what a server does while nobody asks anything. */
@Tag("slow-readers")
@Experiment(
    title = "Slow readers and wake-ups: cases of the case book",
    shows = "what a server does while its replies are not read, or while nobody asks anything",
    doesNotShow = "how much memory or processor time it costs")
@RequiresLinux
@PrivateNetwork(required = true)
class SlowReadersExperiment extends CaseBook {
  private static final int REPLY_BYTES = 16 << 20;

  private final Case shortWrite = named("short-write").faulty(0).repaired(3);
  private final Case noBackpressure = named("no-backpressure").faulty(0).repaired(9);
  private final Case blockedPool = named("blocked-pool").faulty(0, 1).repaired(2, 0);
  private final Case writeInterest = named("write-interest").faulty(1).repaired(0);

  @Trials
  void readLate(@Factor Build build, Lab lab) {
    Subject server = server(lab, "short-write", build, REPLY_BYTES).start();
    List<ScriptedConnection> clients = lab.script().connect(server.address(), 3);
    clients.forEach(client -> client.send("x"));
    clients.forEach(ScriptedConnection::awaitStalled); // the write was short
    shortWrite.saw(
        build, clients.stream().filter(end -> end.readToEnd().length == REPLY_BYTES).count());
  }

  @Mechanism("short-write: a reply larger than the send buffer arrives whole")
  void shortWrite(Lab lab) {
    shortWrite.check(lab);
  }

  @Trials
  void askOnWithoutReading(@Factor Build build, Lab lab) {
    Subject server = server(lab, "no-backpressure", build, REPLY_BYTES).start();
    ScriptedConnection client = lab.script().connect(server.address());
    client.send("x").awaitStalled();
    client.send("123456789");
    until(() -> client.socket().orElseThrow().txQueue() == 0);
    awaitRest(server);
    noBackpressure.saw(build, client.otherSocket().orElseThrow().rxQueue());
  }

  @Mechanism("no-backpressure: a server whose replies are not read reads no more requests")
  void noBackpressure(Lab lab) {
    noBackpressure.check(lab);
  }

  @Trials
  void askBesideTwoThatDoNotRead(@Factor Build build, Lab lab) {
    Subject server = server(lab, "blocked-pool", build).start();
    List<ScriptedConnection> slow = lab.script().connect(server.address(), 2);
    slow.forEach(client -> client.send("L").awaitStalled());
    ScriptedConnection honest = lab.script().connect(server.address());
    honest.send("s");
    until(() -> honest.socket().orElseThrow().txQueue() == 0);
    awaitRest(server);
    long unread = honest.otherSocket().orElseThrow().rxQueue();
    blockedPool.saw(build, honest.socket().orElseThrow().rxQueue(), unread);
  }

  @Mechanism("blocked-pool: as many clients as threads that do not read leave the next unserved")
  void blockedPool(Lab lab) {
    blockedPool.check(lab);
  }

  @Trials
  void lookAtItAtRest(@Factor Build build, Lab lab) throws InterruptedException {
    Subject server = server(lab, "write-interest", build).start();
    lab.script().connect(server.address()).send("x").read(1);
    writeInterest.saw(build, count(isRestless(server)));
    server.close();
  }

  @Mechanism("write-interest: with nothing to write, a server sleeps")
  void writeInterest(Lab lab) {
    writeInterest.check(lab);
  }

  @Control(
      value = "the builds are swapped",
      fails = {"shortWrite", "noBackpressure", "blockedPool", "writeInterest"})
  static class Swapped extends SlowReadersExperiment {
    @Override
    Build built(Build wanted) {
      return wanted.other();
    }
  }
}
