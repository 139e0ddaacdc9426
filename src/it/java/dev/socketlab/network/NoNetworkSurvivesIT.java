package dev.socketlab.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.socketlab.gate.RequiresLinux;
import dev.socketlab.internal.os.TimeOut;
import dev.socketlab.subject.Subject;
import dev.socketlab.subject.SubjectBuilder;
import dev.socketlab.subject.internal.ProcessGuard;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * However a test's JVM ends, of two networks, their link, a fault on it, a subject on each host and
 * one that went to the background there nothing is left: no process, no network that a process is
 * in or that is mounted, no device.
 */
@Tag("isolation")
@RequiresLinux
class NoNetworkSurvivesIT {

  private static final Duration SOON = Duration.ofSeconds(20);
  private static final Pattern READY =
      Pattern.compile("networks (net:\\[\\d+\\]) (net:\\[\\d+\\]) subjects (\\d+) (\\d+)");
  private static final String STUBBORN =
      "trap '' TERM INT HUP; echo up; while :; do sleep 0.1; done";

  /** Holds its network, and is in no tree. */
  private static final String DAEMON =
      "setsid sh -c 'env -i sleep 600 </dev/null >/dev/null 2>&1 &'";

  private @TempDir Path folder;
  private final List<Subject> subjects = new ArrayList<>();

  @AfterEach
  void stopAll() {
    subjects.forEach(Subject::close);
  }

  /** Stands for a test's JVM in the middle of an experiment. */
  static final class TestJvm {
    private TestJvm() {}

    /** Called by the JVM. */
    public static void main(String[] arguments) throws Exception {
      Path folder = Path.of(arguments[0]);
      ProcessGuard.start();
      TwoHosts hosts = TwoHosts.open();
      LinkFault fault = hosts.peer().dropEvery(2, Traffic.ALL);
      hosts.here().capBandwidth(1_000_000, 2_000, 4_000);
      List<Long> pids = new ArrayList<>();
      for (NetworkHost host : List.of(hosts.here(), hosts.peer())) {
        pids.add(
            SubjectBuilder.command(folder, _ -> {}, List.of("sh", "-c", STUBBORN))
                .readyWhen("up")
                .on(host)
                .start()
                .pid());
        SubjectBuilder.command(folder, _ -> {}, List.of("sh", "-c", DAEMON))
            .on(host)
            .launch()
            .awaitSuccess(SOON);
      }
      Path own = Path.of("/proc/thread-self/ns/net");
      System.out.printf(
          "networks %s %s subjects %d %d %s%n",
          hosts.here().call(() -> Files.readSymbolicLink(own)),
          hosts.peer().call(() -> Files.readSymbolicLink(own)),
          pids.getFirst(),
          pids.getLast(),
          fault);
      while (System.in.read() >= 0) {
        // waits to be ended
      }
    }
  }

  @ParameterizedTest(name = "SIG{0}")
  @ValueSource(strings = {"KILL", "TERM"})
  void nothingOfTwoHostsOutlivesTheJvmThatMadeThem(String signal) throws Exception {
    for (LinkFault.Kind needed : List.of(LinkFault.Kind.DROP, LinkFault.Kind.BANDWIDTH)) {
      needed.obstacle().ifPresent(obstacle -> assumeTrue(false, obstacle));
    }
    Subject jvm =
        SubjectBuilder.java(folder, subjects::add, TestJvm.class, List.of(folder.toString()))
            .jvmFlags("--enable-native-access=ALL-UNNAMED")
            .under("env", "--default-signal=TERM")
            .launch();
    MatchResult ready = jvm.awaitOutput(READY, SOON);
    Set<String> networks = new TreeSet<>(List.of(ready.group(1), ready.group(2)));
    assertThat(networks).hasSize(2);
    assertThat(networksInUse()).containsAll(networks);
    try (InputStream here = held(ready.group(3));
        InputStream peer = held(ready.group(4))) {
      assertThat(List.of(here, peer)).doesNotContainNull();
      new ProcessBuilder("kill", "-" + signal, Long.toString(jvm.pid())).start().waitFor();
      assertThat(jvm.awaitExit(SOON)).isNotZero();
      Awaitility.await()
          .atMost(TimeOut.scaled(SOON))
          .untilAsserted(() -> {
            assertThat(networksInUse()).doesNotContainAnyElementsOf(networks);
            assertThat(isRunning(ready.group(3))).isFalse();
            assertThat(isRunning(ready.group(4))).isFalse();
          });
      assertThat(Files.readString(Path.of("/proc/self/mountinfo"))).doesNotContain(networks);
    }
  }

  /** As long as somebody holds a network, the kernel gives its number to no other one. */
  private static InputStream held(String pid) throws IOException {
    return new FileInputStream("/proc/" + pid + "/ns/net");
  }

  private static boolean isRunning(String pid) {
    return ProcessHandle.of(Long.parseLong(pid)).map(ProcessHandle::isAlive).orElse(false);
  }

  /** The networks of every thread on this system that may be looked at. */
  private static Set<String> networksInUse() {
    Set<String> networks = new TreeSet<>();
    for (Path process : listed(Path.of("/proc"))) {
      if (process.getFileName().toString().matches("\\d+")) {
        for (Path thread : listed(process.resolve("task"))) {
          try {
            networks.add(Files.readSymbolicLink(thread.resolve("ns/net")).toString());
          } catch (IOException _) {
            // it has just ended, or belongs to somebody else
          }
        }
      }
    }
    return networks;
  }

  private static List<Path> listed(Path directory) {
    try (Stream<Path> entries = Files.list(directory)) {
      return entries.toList();
    } catch (FileSystemException _) {
      return List.of(); // the process has just ended
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
