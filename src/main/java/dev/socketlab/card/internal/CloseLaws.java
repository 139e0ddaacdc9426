package dev.socketlab.card.internal;

import dev.socketlab.probe.ProtocolCounters;
import dev.socketlab.script.ScriptedConnection;
import dev.socketlab.script.ScriptedConnection.Outcome;
import dev.socketlab.subject.Subject;
import java.util.List;

/** How a server ends connections. */
public final class CloseLaws {
  private static final int CONNECTIONS = 10;
  private static final int UNREAD_BYTES = 16 << 10;

  private CloseLaws() {}

  /** SL-CLOSE-01: what a client sends behind its request is there before the server answers. */
  public static Judgement unreadInput(Examination exam) {
    Subject server = exam.start();
    List<ScriptedConnection> clients = exam.connect(server, CONNECTIONS);
    ProtocolCounters before = exam.counters();
    server.pause();
    for (ScriptedConnection client : clients) {
      exam.ask(client);
      client.send(new byte[UNREAD_BYTES]);
      client.halfClose();
    }
    server.resume();
    long answered = 0;
    long reset = 0;
    for (ScriptedConnection client : clients) {
      answered += exam.isAnswered(client) ? 1 : 0;
      reset += end(exam, client) == Outcome.RESET ? 1 : 0;
      client.close();
    }
    ProtocolCounters.Deltas counted = ProtocolCounters.settledSince(before);
    long aborts =
        counted.value("TcpExt", "TCPAbortOnClose") + counted.value("TcpExt", "TCPAbortOnData");
    return Judgement.of(
            answered == CONNECTIONS && aborts == 0,
            "%d requests with %d bytes behind each that are none: %d whole replies, %d connections end"
                + " with a reset for the client; TCPAbortOnClose + TCPAbortOnData %d",
            CONNECTIONS,
            UNREAD_BYTES,
            answered,
            reset,
            aborts)
        .exact("connections aborted with unread input", aborts);
  }

  /** SL-CLOSE-02. */
  public static Judgement halfClose(Examination exam) {
    Subject server = exam.start();
    List<ScriptedConnection> clients = exam.connect(server, CONNECTIONS);
    for (ScriptedConnection client : clients) {
      exam.ask(client);
      client.halfClose();
    }
    long answered = 0;
    long inOrder = 0;
    for (ScriptedConnection client : clients) {
      answered += exam.isAnswered(client) ? 1 : 0;
      inOrder += end(exam, client) == Outcome.EOF ? 1 : 0;
      client.close();
    }
    return Judgement.of(
            answered == CONNECTIONS && inOrder == CONNECTIONS,
            "%d clients end their output behind the request: %d whole replies, %d connections end with"
                + " a FIN",
            CONNECTIONS,
            answered,
            inOrder)
        .exact("answered", answered)
        .exact("ended in order", inOrder);
  }

  /** How a connection ends; where one does not, the others are not waited for as long. */
  private static Outcome end(Examination exam, ScriptedConnection client) {
    Outcome outcome = client.awaitEnd();
    if (outcome == Outcome.OPEN) {
      exam.waitLess();
    }
    return outcome;
  }
}
