package dev.socketlab.script;

import dev.socketlab.load.Conversation;
import dev.socketlab.probe.ProtocolCounters;
import dev.socketlab.script.Ending.Aftermath;
import dev.socketlab.script.ScriptedConnection.Outcome;
import dev.socketlab.subject.Subject;
import java.util.ArrayList;
import java.util.List;

/** Plays an ending, and finds what it leaves behind. */
final class EndingTrial {
  private static final int ROUNDS = 3;
  private static final int KILLED = 128 + 9;

  private final Ending ending;
  private final Script script;
  private final Subject server;
  private final Conversation.Source conversations;
  private final int connections;
  private final SubjectLook look;
  private long session;

  EndingTrial(
      Ending ending,
      Script script,
      Subject server,
      Conversation.Source conversations,
      int connections) {
    this.ending = ending;
    this.script = script;
    this.server = server;
    this.conversations = conversations;
    this.connections = connections;
    this.look = new SubjectLook(server.pid(), server.port(), script.patience());
  }

  Aftermath run() {
    return new Aftermath(ending, connections, ending == Ending.SUBJECT_STOPS ? stop() : rounds());
  }

  private List<String> rounds() {
    List<String> faults = play();
    if (!faults.isEmpty()) {
      return faults; // it was not played, so there is nothing to look for
    }
    List<String> _ = look.awaitNone(look::restless);
    for (int round = 1; round <= ROUNDS; round++) {
      faults = round();
      if (faults.isEmpty() || !look.hasOnlyGrown(faults)) {
        break;
      }
    }
    faults.addAll(answersStill());
    return faults;
  }

  private List<String> round() {
    SubjectLook.Holding before = look.holding();
    ProtocolCounters counted = ProtocolCounters.read();
    List<String> faults = play();
    faults.addAll(look.awaitNone(() -> look.changes(before)));
    faults.addAll(aborts(counted));
    return faults;
  }

  /** What went wrong while it was played. */
  private List<String> play() {
    List<String> faults = new ArrayList<>();
    try {
      clients().forEach(client -> client.play(ending));
    } catch (ScriptException failure) {
      faults.add("it cannot be played: " + failure.getMessage());
    }
    return faults;
  }

  private List<EndingClient> clients() {
    List<EndingClient> clients = new ArrayList<>();
    for (ScriptedConnection connection : script.connect(server.address(), connections)) {
      clients.add(new EndingClient(connection, conversations.open(session++), this::awaitRest));
    }
    return clients;
  }

  private void awaitRest() {
    List<String> faults = look.awaitNone(look::restless);
    if (!faults.isEmpty()) {
      throw new ScriptException("while clients are silent " + String.join(", ", faults));
    }
  }

  /** Connections that were cut off: by the clients as the ending says, and none by the subject. */
  private List<String> aborts(ProtocolCounters before) {
    if (!script.countsAlone() || !look.isInTheNetworkOfTheCaller()) {
      return List.of();
    }
    ProtocolCounters.Deltas counted = ProtocolCounters.settledSince(before);
    // What a subject answers to half a request meets a client that has closed. Whether that counts
    // depends on whether the client's FIN was acknowledged before (then it is in TIME_WAIT).
    long afterClose =
        ending == Ending.CLOSE_MID_REQUEST ? 0 : counted.value("TcpExt", "TCPAbortOnData");
    long found = counted.value("TcpExt", "TCPAbortOnClose") + afterClose;
    long declared = (long) ending.aborts() * connections;
    return found == declared
        ? List.of()
        : List.of(
            "TCPAbortOnClose + TCPAbortOnData = %d, of which the clients' are %d"
                .formatted(found, declared));
  }

  /** One that has given all its threads to clients that are gone serves nobody any more. */
  private List<String> answersStill() {
    try {
      EndingClient client =
          new EndingClient(
              script.connect(server.address()), conversations.open(session++), this::awaitRest);
      client.ask();
      client.readReply();
      client.connection().close();
      return List.of();
    } catch (ScriptException failure) {
      return List.of("another client is not served afterwards: " + failure.getMessage());
    }
  }

  private List<String> stop() {
    ProtocolCounters counted = ProtocolCounters.read();
    List<String> faults = new ArrayList<>();
    boolean countable = look.isInTheNetworkOfTheCaller();
    try {
      List<EndingClient> clients = clients();
      clients.forEach(client -> client.play(ending));
      if (server.stop() == KILLED) {
        faults.add("it does not end when it is asked to, and was killed");
      }
      for (EndingClient client : clients) {
        Outcome outcome = client.connection().awaitEnd();
        if (outcome != Outcome.EOF) {
          faults.add("a connection is " + outcome + " after its end");
        }
        client.connection().close();
      }
    } catch (ScriptException failure) {
      faults.add("it cannot be played: " + failure.getMessage());
    }
    if (countable) {
      faults.addAll(aborts(counted));
    }
    return faults;
  }
}
