package dev.socketlab.atlas;

import static dev.socketlab.artifact.Column.exact;
import static dev.socketlab.artifact.Column.informational;
import static dev.socketlab.artifact.Column.key;
import static org.assertj.core.api.Assertions.assertThat;

import dev.socketlab.artifact.Cell;
import dev.socketlab.artifact.Table;
import dev.socketlab.atlas.server.HelidonServer;
import dev.socketlab.atlas.server.JdkHttpServer;
import dev.socketlab.atlas.server.JdkHttpServerVirtual;
import dev.socketlab.atlas.server.Jetty;
import dev.socketlab.atlas.server.NettyServer;
import dev.socketlab.atlas.server.Tomcat;
import dev.socketlab.atlas.server.UndertowServer;
import dev.socketlab.atlas.server.VertxServer;
import dev.socketlab.experiment.Experiment;
import dev.socketlab.experiment.Factor;
import dev.socketlab.experiment.Lab;
import dev.socketlab.experiment.Mechanism;
import dev.socketlab.experiment.Parameter;
import dev.socketlab.experiment.Trials;
import dev.socketlab.gate.RequiresLinux;
import dev.socketlab.gate.RequiresTracer;
import dev.socketlab.probe.DescriptorKind;
import dev.socketlab.trace.Load;
import dev.socketlab.trace.Slope;
import dev.socketlab.trace.SyscallFamily;
import dev.socketlab.trace.SyscallMix;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;

/** Servers that others wrote, as they come, each asked the same in two ways. */
@Tag("atlas")
@Experiment(
    title = "What HTTP servers ask of the kernel",
    shows = "the system calls on sockets that a server in Java makes for a request, by default",
    doesNotShow = {
      "how long a request takes: a call more may well be the faster one",
      "what many clients at once, large bodies or TLS would cost"
    })
@RequiresLinux
@RequiresTracer
class HttpServersExperiment {

  private static final int REQUESTS = 200;

  enum Server {
    HELIDON(HelidonServer.class),
    JDK(JdkHttpServer.class),
    JDK_VIRTUAL(JdkHttpServerVirtual.class),
    JETTY(Jetty.class),
    NETTY(NettyServer.class),
    TOMCAT(Tomcat.class),
    UNDERTOW(UndertowServer.class),
    VERTX(VertxServer.class);

    private final Class<?> main;

    Server(Class<?> main) {
      this.main = main;
    }
  }

  enum Asked {
    ON_ONE_CONNECTION(Http::onOneConnection),
    ON_A_CONNECTION_EACH(Http::onAConnectionEach);

    private final Load load;

    Asked(Load load) {
      this.load = load;
    }
  }

  static final Parameter<Boolean> BROKEN =
      Parameter.flag("atlas.broken", false).doc("also ask what is known to break, see findings");

  record Question(Server server, Asked asked) {
    /** It answers {@code Connection: close} and does not close. */
    boolean isKnownToBreak() {
      return server == Server.HELIDON && asked == Asked.ON_A_CONNECTION_EACH;
    }

    @Override
    public String toString() {
      return (server + " " + asked).toLowerCase(Locale.ROOT).replace('_', ' ');
    }
  }

  private final Map<Question, SyscallMix> mixes = new LinkedHashMap<>();

  List<Question> questions(Lab lab) {
    return Arrays.stream(Server.values())
        .flatMap(server -> Arrays.stream(Asked.values()).map(asked -> new Question(server, asked)))
        .filter(question -> lab.get(BROKEN) || !question.isKnownToBreak())
        .toList();
  }

  @Trials(independent = true)
  void calls(@Factor("questions") Question question, Lab lab) {
    SyscallMix mix =
        lab.syscalls(() -> lab.java(question.server.main, "{port}").jvmFlags("-XX:+UseSerialGC"))
            .perOperation(REQUESTS, question.asked.load);
    mixes.put(question, mix);
  }

  @Mechanism("each request is answered by one write of a socket at least")
  void everyRequestIsAnswered() {
    assertThat(mixes)
        .isNotEmpty()
        .allSatisfy((question, mix) ->
            assertThat(mix.on(DescriptorKind.SOCKET).slope(SyscallFamily.WRITE).nearestInteger())
                .as("%s%n%s", question, mix)
                .isPositive());
  }

  @AfterAll
  void report(Lab lab) {
    Table.Builder table =
        Table.named(
            "Calls on sockets per request",
            key("server, asked"),
            exact("reads").in("calls").meaning("read, readv, recvfrom, recvmsg, recvmmsg"),
            exact("writes").in("calls").meaning("write, writev, sendto, sendmsg, sendmmsg"),
            exact("accepts").in("calls").meaning("the ones that found nobody, too"),
            exact("closes").in("calls"),
            informational("wake-ups")
                .in("calls")
                .meaning("reads and writes of the eventfds of threads"),
            informational("waits").in("calls").meaning("epoll_wait, epoll_pwait and poll"));
    for (Map.Entry<Question, SyscallMix> entry : mixes.entrySet()) {
      SyscallMix sockets = entry.getValue().on(DescriptorKind.SOCKET);
      SyscallMix eventfds = entry.getValue().on(DescriptorKind.EVENTFD);
      table.row(
          entry.getKey().toString(),
          whole(sockets.slope(SyscallFamily.READ)),
          whole(sockets.slope(SyscallFamily.WRITE)),
          whole(sockets.slope(SyscallFamily.ACCEPT)),
          whole(sockets.slope(SyscallFamily.CLOSE)),
          Cell.decimal(
              eventfds.slope(SyscallFamily.READ).perOperation()
                  + eventfds.slope(SyscallFamily.WRITE).perOperation(),
              2),
          Cell.decimal(
              entry.getValue().slope(List.of("epoll_wait", "epoll_pwait", "poll")).perOperation(),
              2));
    }
    lab.report().table(table);
  }

  private static Cell whole(Slope slope) {
    OptionalLong whole = slope.whole();
    return whole.isPresent()
        ? Cell.whole(whole.getAsLong())
        : Cell.notAvailable(
            "no whole number: " + Cell.decimal(slope.perOperation(), 2).numbers().getFirst());
  }
}
