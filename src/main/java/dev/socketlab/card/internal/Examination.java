package dev.socketlab.card.internal;

import dev.socketlab.card.Operation;
import dev.socketlab.experiment.Inconclusive;
import dev.socketlab.experiment.Lab;
import dev.socketlab.gate.GateFinding;
import dev.socketlab.load.Conversation;
import dev.socketlab.probe.ProcessSockets;
import dev.socketlab.probe.ProtocolCounters;
import dev.socketlab.probe.TcpSocket;
import dev.socketlab.probe.TcpSockets;
import dev.socketlab.probe.ThreadActivity;
import dev.socketlab.script.Script;
import dev.socketlab.script.ScriptException;
import dev.socketlab.script.ScriptedConnection;
import dev.socketlab.subject.Subject;
import dev.socketlab.subject.SubjectException;
import dev.socketlab.subject.SubjectPlan;
import dev.socketlab.trace.Tracer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** What a law works with: a server of its own, and clients of it. */
public final class Examination {
  private static final Duration ENDS_WITHIN = Duration.ofSeconds(20);
  private static final Duration MOMENT_OF_DEATH = Duration.ofMillis(500);

  private static final int MOST_LOOKS = 5_000;

  private static final Duration WHERE_ONE_DID_NOT_COME = Duration.ofMillis(500);

  private final Lab lab;
  private final Supplier<? extends SubjectPlan> fresh;
  private final Operation operation;
  private final Duration patience;
  private final Conversation.Source conversations;
  private final List<Subject> servers = new ArrayList<>();

  /** No verb of its script takes longer than the patience, and no law waits longer. */
  public Examination(
      Lab lab, Supplier<? extends SubjectPlan> fresh, Operation operation, Duration patience) {
    this.lab = lab;
    this.fresh = fresh;
    this.operation = operation;
    this.patience = patience;
    this.conversations = operation.conversations();
    lab.script().within(patience);
  }

  Lab lab() {
    return lab;
  }

  Script script() {
    return lab.script();
  }

  SubjectPlan plan() {
    return fresh.get();
  }

  Operation operation() {
    return operation;
  }

  Duration patience() {
    return patience;
  }

  Conversation.Source conversations() {
    return conversations;
  }

  /** A server that serves, and has done one operation: what it loads at the first it has loaded. */
  Subject start() {
    return start((_, _) -> {});
  }

  /** As {@link #start}, for a law that looks at its process: that must be the one that serves. */
  Subject startToLookAt() {
    return start(Examination::requireThatItServes);
  }

  private Subject start(BiConsumer<Subject, ScriptedConnection> whileOneIsOpen) {
    Subject server = adopt(plan().start());
    try {
      ScriptedConnection first = connect(server);
      operate(first);
      whileOneIsOpen.accept(server, first);
      first.close();
    } catch (ScriptException failure) {
      throw new Inconclusive(
          "\"%s\" does not succeed: %s".formatted(operation, failure.getMessage()));
    }
    return server;
  }

  /**
   * Else what is read of the process that was started is not what its connections cost. An end that
   * is closed already, or in another network, tells nothing.
   */
  static void requireThatItServes(Subject server, ScriptedConnection client) {
    Optional<TcpSocket> end = client.otherSocket().filter(socket -> socket.inode() != 0);
    if (end.isPresent() && !ProcessSockets.of(server.pid()).holds(end.get().inode())) {
      throw new Inconclusive(
          "another process than the one that was started serves the connection, and this law does"
              + " not look at it");
    }
  }

  ScriptedConnection connect(Subject server) {
    return script().connect(server.address());
  }

  List<ScriptedConnection> connect(Subject server, int connections) {
    return script().connect(server.address(), connections);
  }

  void ask(ScriptedConnection client) {
    client.sendRequest(conversations.open(0));
  }

  /** One operation, whole. */
  void operate(ScriptedConnection client) {
    ask(client);
    client.readReply(conversations.open(0));
  }

  void operate(ScriptedConnection client, int times) {
    for (int i = 0; i < times; i++) {
      operate(client);
    }
  }

  /**
   * Operations, each when the server has gone to sleep after the one before: else it is a matter of
   * speed whether a request comes before the server waits, and which calls that saves. One that is
   * never at rest is not waited for again.
   */
  void operateAtRest(Subject server, ScriptedConnection client, int times) {
    boolean rests = true;
    for (int i = 0; i < times; i++) {
      operate(client);
      rests = rests && comesToRest(server);
    }
  }

  private static boolean comesToRest(Subject server) {
    ThreadActivity before = ThreadActivity.read(server.pid());
    for (int look = 0; look < MOST_LOOKS; look++) {
      ThreadActivity now = ThreadActivity.read(server.pid());
      if (now.allAsleep() && now.equals(before)) {
        return true;
      }
      before = now;
    }
    return false;
  }

  /** Whether the reply to what was asked comes whole; false where it is cut, wrong or late. */
  boolean isAnswered(ScriptedConnection client) {
    try {
      client.readReply(conversations.open(0));
      return true;
    } catch (ScriptException _) {
      return false;
    }
  }

  /** Whether it takes a request and answers it whole. */
  boolean isServed(ScriptedConnection client) {
    try {
      ask(client);
    } catch (ScriptException _) {
      return false; // it has ended the connection
    }
    return isAnswered(client);
  }

  long answered(List<ScriptedConnection> clients) {
    return count(clients, this::isAnswered);
  }

  /** How many are served; where one is not, the others are not waited for as long. */
  long count(List<ScriptedConnection> clients, Predicate<ScriptedConnection> served) {
    long count = 0;
    try {
      for (ScriptedConnection client : clients) {
        if (served.test(client)) {
          count++;
        } else {
          waitLess();
        }
      }
    } finally {
      script().within(patience);
    }
    return count;
  }

  /** Where something did not come, what is like it is not waited for as long. */
  void waitLess() {
    script().within(WHERE_ONE_DID_NOT_COME);
  }

  /** Whether it runs; what makes it end may need a moment to do so. */
  boolean lives(Subject server) {
    try {
      server.failIfItDiesWithin(MOMENT_OF_DEATH);
      return true;
    } catch (SubjectException _) {
      return false;
    }
  }

  /** Whether a client that comes now is served. */
  boolean serves(Subject server) {
    if (!server.isAlive()) {
      return false;
    }
    try (ScriptedConnection next = connect(server)) {
      operate(next);
      return true;
    } catch (ScriptException _) {
      return false;
    }
  }

  /** Lets time pass, at least as much. */
  static void pause(Duration time) {
    long startNs = System.nanoTime();
    for (long left = time.toNanos();
        left > 0;
        left = time.toNanos() - (System.nanoTime() - startNs)) {
      LockSupport.parkNanos(Math.min(left, TimeUnit.MILLISECONDS.toNanos(100)));
    }
  }

  /** The listener on the port that the server was told to use. */
  TcpSocket listener(Subject server) {
    return TcpSockets.readListeners()
        .listenerOn(server.port())
        .orElseThrow(() -> new Inconclusive("no listener on port " + server.port()));
  }

  List<TcpSocket> listeners(Subject server) {
    return TcpSockets.readListeners().listenersOf(ProcessSockets.of(server.pid()));
  }

  /** Counters count this server and its clients alone, or the law cannot be judged. */
  ProtocolCounters counters() {
    requirePrivateNetwork();
    return ProtocolCounters.read();
  }

  void requirePrivateNetwork() {
    if (!lab.hasPrivateNetwork()) {
      throw new Inconclusive(
          "needs a private network, whose counters count nobody else: root, or `unshare -Urn` around"
              + " the run");
    }
  }

  void requireStrace() {
    Optional<String> obstacle = Tracer.STRACE_ATTACHED.obstacle();
    GateFinding finding =
        obstacle
            .map(GateFinding::closed)
            .orElseGet(() -> GateFinding.open("strace counted the calls of a process"));
    if (!lab.isOpen(Tracer.STRACE_ATTACHED.label(), finding)) {
      throw new Inconclusive("needs strace: " + finding.reason());
    }
  }

  /** Takes care of the end of a server that a law has started by itself. */
  Subject adopt(Subject server) {
    servers.add(server);
    return server;
  }

  /**
   * Ends all servers, whatever has become of them: that a server died is a finding, not an error.
   */
  public void end() {
    servers
        .reversed()
        .forEach(server -> {
          int _ = end(server);
        });
  }

  static int end(Subject server) {
    if (server.isAlive()) {
      return server.stop();
    }
    try {
      return server.awaitExit(ENDS_WITHIN);
    } catch (SubjectException _) {
      return server.stop();
    }
  }
}
