package dev.socketlab.atlas;

import static dev.socketlab.artifact.Column.exact;
import static dev.socketlab.artifact.Column.informational;
import static dev.socketlab.artifact.Column.key;
import static org.assertj.core.api.Assertions.assertThat;

import dev.socketlab.artifact.Cell;
import dev.socketlab.artifact.Table;
import dev.socketlab.experiment.Experiment;
import dev.socketlab.experiment.Factor;
import dev.socketlab.experiment.Lab;
import dev.socketlab.experiment.Mechanism;
import dev.socketlab.experiment.Parameter;
import dev.socketlab.experiment.PrivateNetwork;
import dev.socketlab.experiment.Trials;
import dev.socketlab.gate.GateFinding;
import dev.socketlab.gate.RequiresLinux;
import dev.socketlab.gate.RequiresTracer;
import dev.socketlab.probe.DescriptorKind;
import dev.socketlab.probe.ProtocolCounters;
import dev.socketlab.probe.ResidentMemory;
import dev.socketlab.probe.TcpSocket;
import dev.socketlab.probe.TcpSockets;
import dev.socketlab.script.SubjectLook;
import dev.socketlab.script.SubjectLook.Holding;
import dev.socketlab.subject.Subject;
import dev.socketlab.trace.Slope;
import dev.socketlab.trace.SyscallFamily;
import dev.socketlab.trace.SyscallMix;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;

/** Servers that others wrote, as they come, each asked the same in some ways. */
@Tag("atlas")
@Experiment(
    title = "What servers ask of the kernel",
    shows = {
      "the system calls on sockets that a server makes for a request, by default",
      "what a connection on which nothing happens costs it"
    },
    doesNotShow = {
      "how long a request takes: a call more may well be the faster one",
      "what many clients at once, large bodies or TLS would cost",
      "what a server would do with another configuration"
    })
@RequiresLinux
@RequiresTracer
@PrivateNetwork
class AtlasExperiment {
  private static final int HELD = 100;
  private static final int REPLIES = 40;
  private static final List<String> WAITS =
      List.of("epoll_wait", "epoll_pwait", "epoll_pwait2", "poll", "io_uring_enter");

  static final Parameter<String> SERVER =
      Parameter.choice(
              "atlas.server",
              "all",
              Stream.concat(Stream.of("all"), Arrays.stream(Server.values()).map(Server::toString))
                  .toList())
          .doc("which server is asked");

  record Question(Server server, Asked asked) {
    @Override
    public String toString() {
      return server + " " + asked;
    }
  }

  /** What connections on which nothing happens cost, and how replies come. */
  record Connection(
      Holding before,
      Holding held,
      long kilobytes,
      OptionalLong backlog,
      OptionalInt segments,
      OptionalLong delayedAcks) {}

  private final Map<Question, SyscallMix> mixes = new LinkedHashMap<>();
  private final Map<Server, Connection> connections = new EnumMap<>(Server.class);

  List<Server> servers(Lab lab) {
    String asked = lab.get(SERVER);
    return Arrays.stream(Server.values())
        .filter(server -> asked.equals("all") || asked.equals(server.toString()))
        .filter(server -> server.tool().isEmpty() || isInstalled(server.tool(), lab))
        .toList();
  }

  private static boolean isInstalled(String tool, Lab lab) {
    boolean found =
        Stream.of(System.getenv("PATH").split(File.pathSeparator))
            .anyMatch(folder -> Files.isExecutable(Path.of(folder, tool)));
    return lab.isOpen(
        tool,
        found
            ? GateFinding.open("it is on the search path")
            : GateFinding.closed("it is not on the search path: apt-get install it"));
  }

  List<Question> questions(Lab lab) {
    return servers(lab).stream()
        .flatMap(server -> Arrays.stream(Asked.values()).map(asked -> new Question(server, asked)))
        .toList();
  }

  @Trials(independent = true)
  void calls(@Factor("questions") Question question, Lab lab) {
    mixes.put(
        question,
        lab.syscalls(() -> question.server.plan(lab))
            .perOperation(
                question.asked.operations(),
                (server, operations) -> question.asked.ask(question.server, server, operations)));
  }

  @Trials(independent = true)
  void held(@Factor("servers") Server kind, Lab lab) throws IOException {
    Subject server = kind.plan(lab).start();
    SubjectLook look = lab.script().look(server);
    List<Client> clients = new ArrayList<>();
    try {
      Client first = new Client(kind, server);
      clients.add(first);
      first.ask(1);
      List<String> _ = look.awaitRest();
      Holding before = look.holding();
      long kilobytes = ResidentMemory.kilobytes(server.pid());
      for (int i = 0; i < HELD; i++) {
        Client client = new Client(kind, server);
        clients.add(client);
        client.ask(1);
      }
      List<String> _ = look.awaitRest();
      Holding held = look.holding();
      long more = ResidentMemory.kilobytes(server.pid()) - kilobytes;

      ProtocolCounters counters = ProtocolCounters.read();
      OptionalInt segments = first.segments();
      for (int i = 0; i < REPLIES; i++) {
        first.ask(1);
      }
      OptionalLong delayed =
          lab.hasPrivateNetwork()
              ? OptionalLong.of(
                  ProtocolCounters.read().since(counters).value("TcpExt", "DelayedACKs"))
              : OptionalLong.empty();
      connections.put(
          kind,
          new Connection(
              before,
              held,
              more,
              backlog(server),
              segments.isEmpty()
                  ? segments
                  : OptionalInt.of(first.segments().orElseThrow() - segments.getAsInt()),
              delayed));
    } finally {
      for (Client client : clients) {
        client.close();
      }
    }
  }

  private static OptionalLong backlog(Subject server) {
    return TcpSockets.readListeners()
        .listenerOn(server.port())
        .map(TcpSocket::detail)
        .map(detail -> detail.backlog())
        .orElse(OptionalLong.empty());
  }

  @Mechanism("for each operation a server asks something of the kernel")
  void everyOperationIsAnswered() {
    assertThat(mixes)
        .isNotEmpty()
        .allSatisfy((question, mix) ->
            assertThat(
                    mix.on(DescriptorKind.SOCKET).slope(SyscallFamily.WRITE).nearestInteger()
                        + mix.slope("io_uring_enter").nearestInteger())
                .as("%s%n%s", question, mix)
                .isPositive());
  }

  @Mechanism("each connection that is held is one socket of its server")
  void eachConnectionIsASocket() {
    assertThat(connections)
        .isNotEmpty()
        .allSatisfy((server, connection) ->
            assertThat(sockets(connection.held) - sockets(connection.before))
                .as("%s: %s", server, connection)
                .isEqualTo(HELD));
  }

  private static int sockets(Holding holding) {
    return holding.descriptors().getOrDefault(DescriptorKind.SOCKET, 0);
  }

  @AfterAll
  void report(Lab lab) {
    for (Asked asked : Asked.values()) {
      lab.report().table(calls(asked));
    }
    lab.report().table(connections());
  }

  private Table.Builder calls(Asked asked) {
    Table.Builder table =
        Table.named(
            "Calls on sockets: " + asked,
            key("server"),
            exact("reads").in("calls").meaning("read, readv, recvfrom, recvmsg, recvmmsg"),
            exact("writes").in("calls").meaning("write, writev, sendto, sendmsg, sendmmsg"),
            exact("accepts").in("calls").meaning("the ones that found nobody, too"),
            exact("closes").in("calls"),
            informational("registrations").in("calls").meaning("epoll_ctl"),
            informational("wake-ups")
                .in("calls")
                .meaning("reads and writes of the eventfds and pipes of threads"),
            informational("waits")
                .in("calls")
                .meaning("epoll_wait, epoll_pwait, epoll_pwait2, poll, io_uring_enter"));
    mixes.forEach((question, mix) -> {
      if (question.asked == asked) {
        SyscallMix sockets = mix.on(DescriptorKind.SOCKET);
        table.row(
            question.server.toString(),
            whole(sockets.slope(SyscallFamily.READ)),
            whole(sockets.slope(SyscallFamily.WRITE)),
            whole(sockets.slope(SyscallFamily.ACCEPT)),
            whole(sockets.slope(SyscallFamily.CLOSE)),
            Cell.decimal(mix.slope("epoll_ctl").perOperation(), 2),
            Cell.decimal(wakeUps(mix), 2),
            Cell.decimal(mix.slope(WAITS).perOperation(), 2));
      }
    });
    return table;
  }

  private static double wakeUps(SyscallMix mix) {
    return Stream.of(DescriptorKind.EVENTFD, DescriptorKind.PIPE)
        .map(mix::on)
        .mapToDouble(kind ->
            kind.slope(SyscallFamily.READ).perOperation()
                + kind.slope(SyscallFamily.WRITE).perOperation())
        .sum();
  }

  private Table.Builder connections() {
    Table.Builder table =
        Table.named(
            "A connection, " + HELD + " of them held",
            key("server"),
            exact("descriptors").meaning("for each connection"),
            exact("threads").meaning("for each connection"),
            informational("memory")
                .in("KiB")
                .meaning("resident, more than before, of all together"),
            exact("backlog").meaning("granted to the listener"),
            exact("segments").meaning("with data, for a reply on an open connection"),
            informational("delayed ACKs").meaning("while " + REPLIES + " replies came"));
    connections.forEach((server, connection) ->
        table.row(
            server.toString(),
            each(connection.held.allDescriptors() - connection.before.allDescriptors(), HELD),
            each(connection.held.threads() - connection.before.threads(), HELD),
            Cell.whole(connection.kilobytes),
            orNotAvailable(connection.backlog, "needs sock_diag"),
            connection.segments.isPresent()
                ? each(connection.segments.getAsInt(), REPLIES)
                : Cell.notAvailable("needs sock_diag"),
            orNotAvailable(connection.delayedAcks, "needs a private network")));
    return table;
  }

  private static Cell each(int count, int of) {
    return count % of == 0
        ? Cell.whole(count / of)
        : Cell.notAvailable("no whole number: %d for %d".formatted(count, of));
  }

  private static Cell orNotAvailable(OptionalLong value, String why) {
    return value.isPresent() ? Cell.whole(value.getAsLong()) : Cell.notAvailable(why);
  }

  private static Cell whole(Slope slope) {
    OptionalLong whole = slope.whole();
    return whole.isPresent()
        ? Cell.whole(whole.getAsLong())
        : Cell.notAvailable(
            "no whole number: " + Cell.decimal(slope.perOperation(), 2).numbers().getFirst());
  }
}
