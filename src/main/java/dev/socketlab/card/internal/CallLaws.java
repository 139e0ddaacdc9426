package dev.socketlab.card.internal;

import dev.socketlab.probe.DescriptorKind;
import dev.socketlab.script.ScriptedConnection;
import dev.socketlab.trace.Slope;
import dev.socketlab.trace.SyscallFamily;
import dev.socketlab.trace.SyscallMix;
import dev.socketlab.trace.Tracer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Which system calls a server makes. */
public final class CallLaws {
  /** Twice as many are fewer than 100, behind which some end a connection: Tomcat, httpd. */
  private static final int OPERATIONS = 40;

  static final List<String> WAITS =
      List.of("epoll_wait", "epoll_pwait", "epoll_pwait2", "poll", "ppoll", "select", "pselect6");

  private CallLaws() {}

  /** SL-CALLS-01: a minimal server needs one read and one write on its socket, and one wait. */
  public static Judgement perOperation(Examination exam) {
    exam.requireStrace();
    SyscallMix mix =
        exam.lab()
            .syscalls(exam::plan)
            .tracedBy(Tracer.STRACE_ATTACHED)
            .perOperation(
                OPERATIONS,
                (server, operations) -> {
                  ScriptedConnection client = exam.connect(server);
                  exam.operateAtRest(server, client, (int) operations);
                  Examination.requireThatItServes(server, client);
                  client.close();
                });
    SyscallMix sockets = mix.on(DescriptorKind.SOCKET);
    Map<String, Slope> slopes = new LinkedHashMap<>();
    slopes.put("reads of its socket", sockets.slope(SyscallFamily.READ));
    slopes.put("writes to its socket", sockets.slope(SyscallFamily.WRITE));
    slopes.put("waits", mix.slope(WAITS));
    slopes.put("changes of what is waited for", mix.slope(List.of("epoll_ctl")));
    Judgement found =
        Judgement.note(
            "%d and %d operations on one open connection, each when it is at rest: %s for each (the least is 1 read, 1 write"
                + " and 1 wait)",
            OPERATIONS,
            2 * OPERATIONS,
            slopes.entrySet().stream()
                .map(entry -> entry.getKey() + " " + shown(entry.getValue()))
                .collect(Collectors.joining(", ")));
    for (Map.Entry<String, Slope> slope : slopes.entrySet()) {
      // Threads that wake one another do so more or less often; reads and writes of sockets are
      // whole.
      if (slope.getKey().endsWith("socket") && slope.getValue().whole().isPresent()) {
        found = found.exact(slope.getKey(), slope.getValue().whole().getAsLong());
      }
    }
    return found;
  }

  static String shown(Slope slope) {
    return slope.whole().isPresent()
        ? Long.toString(slope.whole().getAsLong())
        : "%.2f".formatted(slope.perOperation());
  }
}
