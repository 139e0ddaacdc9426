package dev.socketlab.card.internal;

import dev.socketlab.experiment.Inconclusive;
import dev.socketlab.probe.ProcessSockets;
import dev.socketlab.probe.SocketDetail.TimerKind;
import dev.socketlab.probe.SocketOptionValues;
import dev.socketlab.probe.TcpSocket;
import dev.socketlab.probe.TcpSockets;
import dev.socketlab.script.ScriptedConnection;
import dev.socketlab.script.SubjectLook;
import dev.socketlab.subject.Subject;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What a server does while nobody asks. */
public final class RestLaws {
  private static final int CONNECTIONS = 10;

  private static final Duration WINDOW = Duration.ofSeconds(1);

  /** In a second. Timers tick 1 to 100 times, and what polls does a thousand times and more. */
  private static final long MOST_WAKE_UPS = 200;

  private RestLaws() {}

  /** SL-IDLE-01. */
  public static Judgement idle(Examination exam) {
    Subject server = exam.startToLookAt();
    List<ScriptedConnection> held = exam.connect(server, CONNECTIONS);
    held.forEach(exam::operate);
    SubjectLook look = exam.script().look(server);
    List<String> restless = look.awaitRest();
    long wakeUps = look.wakeUps(WINDOW);
    String found =
        "%d connections are open and silent for %d s: its threads are woken up %,d times"
            .formatted(CONNECTIONS, WINDOW.toSeconds(), wakeUps);
    if (wakeUps == 0) {
      return restless.isEmpty() // what spins is not woken up
          ? Judgement.of(true, found)
          : Judgement.of(false, found + ", and " + String.join("; ", restless));
    }
    return wakeUps <= MOST_WAKE_UPS * WINDOW.toSeconds()
        ? Judgement.note(found + ", as a timer does")
        : Judgement.of(false, found);
  }

  /** SL-DEAD-01. */
  public static Judgement deadPeer(Examination exam) {
    Subject server = exam.startToLookAt();
    ScriptedConnection client = exam.connect(server);
    exam.operate(client);
    TcpSocket end =
        TcpSockets.readOnPort(server.port()).heldBy(ProcessSockets.of(server.pid())).stream()
            .filter(socket -> socket.state() == TcpSocket.State.ESTABLISHED)
            .findFirst()
            .orElseThrow(() -> new Inconclusive("the server's end of the connection is not found"));
    Optional<String> obstacle = SocketOptionValues.obstacle();
    if (obstacle.isPresent()) {
      throw new Inconclusive("needs the options of its socket: " + obstacle.get());
    }
    SocketOptionValues options = SocketOptionValues.of(server.pid(), end.inode());
    boolean keepsAlive = value(options, "SO_KEEPALIVE") != 0;
    long timeoutMs = value(options, "TCP_USER_TIMEOUT");
    boolean armed =
        end.detail().timer().filter(timer -> timer.kind() == TimerKind.KEEPALIVE).isPresent();
    return Judgement.note(
            keepsAlive
                ? "SO_KEEPALIVE is set%4$s: a peer that is gone is noticed %1$,d s after its last word and %2$d"
                    + " probes, %3$d s apart"
                : "SO_KEEPALIVE is not set: a silent peer that is gone is kept for ever, unless the server has a timer"
                    + " of its own",
            value(options, "TCP_KEEPIDLE"),
            value(options, "TCP_KEEPCNT"),
            value(options, "TCP_KEEPINTVL"),
            armed ? " and its timer runs" : "")
        .exact("SO_KEEPALIVE", keepsAlive ? 1 : 0)
        .exact("TCP_USER_TIMEOUT in ms", timeoutMs);
  }

  private static long value(SocketOptionValues options, String name) {
    return options
        .value(name)
        .orElseThrow(() -> new Inconclusive("its socket does not tell its " + name));
  }
}
