package dev.socketlab.card.internal;

import dev.socketlab.experiment.Inconclusive;
import dev.socketlab.probe.TcpSocket;
import dev.socketlab.probe.TcpSockets;
import dev.socketlab.script.ScriptedConnection;
import dev.socketlab.script.ScriptedConnection.Outcome;
import dev.socketlab.subject.Subject;
import dev.socketlab.subject.SubjectException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** How a server ends, and begins again. */
public final class StopLaws {
  private static final int CONNECTIONS = 10;

  /** So many that no server answers them between the signal and its end by luck. */
  private static final int IN_FLIGHT = 300;

  private static final int ROUNDS = 2;

  /** Longer than the second that many servers have between two looks at what they are told. */
  private static final Duration STALL = Duration.ofMillis(1_200);

  private StopLaws() {}

  /** SL-START-01: the server ends first, so that it is its own connections that stay behind. */
  public static Judgement restart(Examination exam) {
    Subject server = exam.start();
    int port = server.port();
    List<ScriptedConnection> clients = exam.connect(server, CONNECTIONS);
    clients.forEach(exam::operate);
    int _ = Examination.end(server);
    clients.forEach(client -> {
      Outcome _ = client.awaitEnd();
      client.close();
    });
    long waiting = left(port);
    try {
      exam.adopt(server.restart());
    } catch (SubjectException failure) {
      if (waiting == 0) {
        throw new Inconclusive(
            "it did not start again, although nothing is left of its connections");
      }
      return Judgement.of(
          false,
          "it ends with %d connections open, of which %d are in TIME_WAIT then, and does not start again"
              + " on its port: %s",
          CONNECTIONS,
          waiting,
          String.valueOf(failure.getMessage()).lines().findFirst().orElse(""));
    }
    return Judgement.of(
        true,
        "it ends with %d connections open, of which %d are in TIME_WAIT then, and starts again on its"
            + " port",
        CONNECTIONS,
        waiting);
  }

  private static long left(int port) {
    return TcpSockets.readOnPort(port).all().stream()
        .filter(socket -> socket.state() == TcpSocket.State.TIME_WAIT)
        .count();
  }

  /**
   * SL-STOP-01: requests are in its sockets when it is asked to end; the two may race each other.
   */
  public static Judgement inFlight(Examination exam) {
    int inFlight = 0;
    for (int round = 1; round <= ROUNDS; round++) {
      Subject server = exam.start();
      List<ScriptedConnection> clients = served(exam, server);
      server.pause();
      clients.removeIf(StopLaws::hasEnded);
      inFlight = clients.size();
      if (inFlight < CONNECTIONS) {
        throw new Inconclusive(
            "it holds %d connections at the same time; %d at least are needed"
                .formatted(inFlight, CONNECTIONS));
      }
      clients.forEach(exam::ask);
      Examination.pause(STALL); // its timers are due then, which it may serve first
      server.signal("TERM");
      server.resume();
      long answered = exam.answered(clients);
      if (answered < inFlight) {
        long reset = clients.stream().filter(client -> client.awaitEnd() == Outcome.RESET).count();
        return Judgement.of(
            false,
            "it is asked to end (SIGTERM) while %d requests are in its sockets: %d are answered, %d"
                + " connections are reset; exit code %d",
            inFlight,
            answered,
            reset,
            Examination.end(server));
      }
      int _ = Examination.end(server);
      clients.forEach(ScriptedConnection::close);
    }
    return Judgement.of(
        true,
        "it is asked to end (SIGTERM) while %d requests are in its sockets, %d times: all are answered",
        inFlight,
        ROUNDS);
  }

  /** As many as it serves at the same time; a limit of its own is no fault. */
  private static List<ScriptedConnection> served(Examination exam, Subject server) {
    List<ScriptedConnection> clients = new ArrayList<>();
    while (clients.size() < IN_FLIGHT) {
      ScriptedConnection client = exam.connect(server);
      if (!exam.isServed(client)) {
        client.close();
        break;
      }
      clients.add(client);
    }
    return clients;
  }

  private static boolean hasEnded(ScriptedConnection client) {
    boolean open =
        client.socket().filter(socket -> socket.state() == TcpSocket.State.ESTABLISHED).isPresent();
    if (!open) {
      client.close();
    }
    return !open;
  }
}
