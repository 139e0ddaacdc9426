package dev.socketlab.atlas;

import static dev.socketlab.artifact.Column.informational;
import static dev.socketlab.artifact.Column.key;
import static org.assertj.core.api.Assertions.assertThat;

import dev.socketlab.artifact.Cell;
import dev.socketlab.artifact.Table;
import dev.socketlab.atlas.server.Jetty;
import dev.socketlab.atlas.server.NettyOfBothLines;
import dev.socketlab.atlas.server.Tomcat;
import dev.socketlab.atlas.server.VertxServer;
import dev.socketlab.experiment.Experiment;
import dev.socketlab.experiment.Factor;
import dev.socketlab.experiment.Lab;
import dev.socketlab.experiment.Mechanism;
import dev.socketlab.experiment.Trials;
import dev.socketlab.gate.RequiresLinux;
import dev.socketlab.gate.RequiresTracer;
import dev.socketlab.probe.DescriptorKind;
import dev.socketlab.trace.Slope;
import dev.socketlab.trace.SyscallFamily;
import dev.socketlab.trace.SyscallMix;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;

/** Two versions of a library, in one run, with the class paths that the build has resolved. */
@Tag("atlas-versions")
@Experiment(
    title = "What another version of a library asks of the kernel",
    shows = "which system calls for a request are more or fewer in the later of two versions",
    doesNotShow = {
      "how long a request takes: a call more may well be the faster one",
      "what the libraries do beyond answering one client with the fewest bytes"
    })
@RequiresLinux
@RequiresTracer
class LibraryVersionsExperiment {

  private static final Duration SOON = Duration.ofSeconds(20);

  enum Library {
    NETTY(Server.NETTY_NIO, NettyOfBothLines.class, "4.1", "4.2"),
    JETTY(Server.JETTY, Jetty.class, "12.0", "12.1"),
    TOMCAT(Server.TOMCAT, Tomcat.class, "10.1", "11.0"),
    VERTX(Server.VERTX, VertxServer.class, "4.5", "5.0");

    private final Server server;
    private final Class<?> main;
    private final Map<Age, String> lines;

    Library(Server server, Class<?> main, String former, String later) {
      this.server = server;
      this.main = main;
      this.lines = Map.of(Age.FORMER, former, Age.LATER, later);
    }

    Path classPath(Age age) {
      return Path.of("target", "versions", name().toLowerCase() + "-" + lines.get(age) + ".txt");
    }

    /** What a server of it says when it is asked. */
    Pattern version(Age age) {
      return Pattern.compile("version .*\\b" + Pattern.quote(lines.get(age) + "."));
    }
  }

  enum Age {
    FORMER,
    LATER
  }

  record Question(Library library, Asked asked) {
    @Override
    public String toString() {
      return (library
              + " "
              + library.lines.get(Age.FORMER)
              + " and "
              + library.lines.get(Age.LATER)
              + " "
              + asked)
          .toLowerCase()
          .replace('_', ' ');
    }
  }

  private final Map<Library, Map<Asked, Map<Age, SyscallMix>>> mixes = new EnumMap<>(Library.class);

  @Trials
  void calls(@Factor Library library, @Factor Asked asked, @Factor Age age, Lab lab) {
    SyscallMix mix =
        lab.syscalls(() ->
                lab.java(library.main, "{port}")
                    .jvmFlags("-XX:+UseSerialGC")
                    .classPathFile(library.classPath(age)))
            .perOperation(
                asked.operations(),
                (server, requests) -> {
                  server.awaitOutput(library.version(age), SOON);
                  asked.ask(library.server, server, requests);
                });
    mixes
        .computeIfAbsent(library, _ -> new EnumMap<>(Asked.class))
        .computeIfAbsent(asked, _ -> new EnumMap<>(Age.class))
        .put(age, mix);
  }

  @Mechanism("in each version each request is answered by one write of a socket at least")
  void everyRequestIsAnswered() {
    mixes.forEach((library, all) ->
        all.forEach((asked, both) -> {
          assertThat(both).as("%s %s", library, asked).hasSize(Age.values().length);
          both.forEach((age, mix) ->
              assertThat(mix.on(DescriptorKind.SOCKET).slope(SyscallFamily.WRITE).nearestInteger())
                  .as("%s %s %s%n%s", library, asked, age, mix)
                  .isPositive());
        }));
  }

  @AfterAll
  void report(Lab lab) {
    Table.Builder table =
        Table.named(
            "System calls per request that differ by one or more",
            key("library, asked"),
            key("call"),
            informational("former").in("calls"),
            informational("later").in("calls"));
    mixes.forEach((library, all) ->
        all.forEach((asked, both) -> {
          SyscallMix former = both.get(Age.FORMER);
          SyscallMix later = both.get(Age.LATER);
          if (former == null || later == null) {
            return;
          }
          TreeSet<String> calls = new TreeSet<>(former.slopes().keySet());
          calls.addAll(later.slopes().keySet());
          calls.removeAll(SyscallMix.RUNTIME_CALLS);
          int differing = 0;
          for (String call : calls) {
            Slope before = former.slope(call);
            Slope after = later.slope(call);
            if (before.nearestInteger() != after.nearestInteger()) {
              table.row(
                  new Question(library, asked).toString(),
                  call,
                  Cell.decimal(before.perOperation(), 2),
                  Cell.decimal(after.perOperation(), 2));
              differing++;
            }
          }
          if (differing == 0) {
            table.row(
                new Question(library, asked).toString(),
                "none",
                Cell.notAvailable("the same"),
                Cell.notAvailable("the same"));
          }
        }));
    lab.report().table(table);
  }
}
