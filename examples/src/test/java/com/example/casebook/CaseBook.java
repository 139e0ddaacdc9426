package com.example.casebook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.socketlab.artifact.Table;
import dev.socketlab.experiment.Lab;
import dev.socketlab.probe.ProtocolCounters;
import dev.socketlab.probe.TcpSocket;
import dev.socketlab.probe.TcpSockets;
import dev.socketlab.probe.ThreadActivity;
import dev.socketlab.subject.Subject;
import dev.socketlab.subject.SubjectBuilder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;

/**
 * What the experiments of the case book share. Each case is a trial at two builds of a program, one
 * with the fault of a report and one repaired, and a mechanism that says what is counted for each.
 * The control of each experiment swaps the builds, and every case must notice.
 */
abstract class CaseBook {
  /** The level of each trial. */
  enum Build {
    FAULTY,
    REPAIRED;

    boolean hasTheFault() {
      return this == FAULTY;
    }

    Build other() {
      return values()[1 - ordinal()];
    }
  }

  /** What is counted in one case, for each build. */
  static final class Case {
    private final Map<Build, List<Long>> expected = new EnumMap<>(Build.class);
    private final Map<Build, List<Long>> seen = new EnumMap<>(Build.class);
    private final String name;

    private Case(String name) {
      this.name = name;
    }

    Case faulty(long... counts) {
      expected.put(Build.FAULTY, boxed(counts));
      return this;
    }

    Case repaired(long... counts) {
      expected.put(Build.REPAIRED, boxed(counts));
      return this;
    }

    void saw(Build build, long... counts) {
      seen.put(build, boxed(counts));
    }

    void check(Lab lab) {
      lab.evidence(seen.toString());
      assertThat(seen).isEqualTo(expected);
    }

    private static List<Long> boxed(long... counts) {
      return Arrays.stream(counts).boxed().toList();
    }
  }

  private record Row(String name, Build build, String expected, String counted) {}

  static final Duration SOON = Duration.ofSeconds(20);

  private final List<Case> cases = new ArrayList<>();

  Case named(String name) {
    Case added = new Case(name);
    cases.add(added);
    return added;
  }

  /** A control builds the other one. */
  Build built(Build wanted) {
    return wanted;
  }

  SubjectBuilder server(Lab lab, String name, Build build) {
    return server(lab, name, build, 100);
  }

  SubjectBuilder server(Lab lab, String name, Build build, int number) {
    return program(lab, CaseServer.class, name, build, "{port}", Integer.toString(number));
  }

  SubjectBuilder client(Lab lab, String name, Build build, String host, int port) {
    return program(lab, CaseClient.class, name, build, host, Integer.toString(port))
        .readyWhen("ready");
  }

  SubjectBuilder program(
      Lab lab, Class<?> main, String name, Build build, String to, String number) {
    return lab.java(main, name, built(build).name(), to, number)
        .jvmFlags("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC");
  }

  static void awaitLine(Subject subject, String pattern) {
    subject.awaitOutput(Pattern.compile(pattern), SOON);
  }

  static void until(Callable<Boolean> condition) {
    await()
        .pollInSameThread()
        .pollDelay(Duration.ZERO)
        .atMost(Duration.ofMinutes(1))
        .until(condition);
  }

  /** Whether a program's own threads are at work although nobody asks anything of it. */
  static boolean isRestless(Subject subject) throws InterruptedException {
    for (int look = 0; look < 40; look++) {
      ThreadActivity before = activity(subject);
      Thread.sleep(25); // between two looks; nothing is concluded from how long it is
      if (before.allAsleep() && before.equals(activity(subject))) {
        return false;
      }
    }
    return true;
  }

  /** Waits until a program has done all that it is going to do. */
  static void awaitRest(Subject subject) {
    until(() -> !isRestless(subject));
  }

  private static ThreadActivity activity(Subject subject) {
    return ThreadActivity.read(subject.pid(), name -> name.startsWith("case"));
  }

  static TcpSocket listener(Subject server) {
    return TcpSockets.readListeners().listenerOn(server.port()).orElseThrow();
  }

  static long inState(Subject server, TcpSocket.State state) {
    return TcpSockets.readOnPort(server.port()).all().stream()
        .filter(socket -> socket.state() == state)
        .count();
  }

  static long settled(ProtocolCounters before, String group, String name) {
    return ProtocolCounters.settledSince(before).value(group, name);
  }

  static long count(boolean is) {
    return is ? 1 : 0;
  }

  @AfterAll
  void report(Lab lab) {
    List<Row> rows =
        cases.stream()
            .flatMap(one ->
                Arrays.stream(Build.values())
                    .map(build ->
                        new Row(
                            one.name,
                            build,
                            one.expected.get(build).toString(),
                            String.valueOf(one.seen.get(build)))))
            .toList();
    lab.report().table(Table.of("Cases", rows));
  }
}
