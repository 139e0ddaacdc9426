package dev.socketlab.subject;

import static org.assertj.core.api.Assertions.assertThat;

import dev.socketlab.internal.os.TimeOut;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** However a test's JVM ends, its subjects and their children end too. */
@Tag("isolation")
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "the subjects here are shell commands")
class NothingSurvivesIT {

  private static final Duration SOON = Duration.ofSeconds(20);

  private @TempDir Path folder;
  private final List<Subject> subjects = new ArrayList<>();

  @AfterEach
  void stopAll() {
    subjects.forEach(Subject::close);
  }

  /** Stands for a test's JVM: starts a stubborn subject with a child and then does nothing. */
  static final class TestJvm {
    private TestJvm() {}

    /** Called by the JVM. */
    public static void main(String[] arguments) throws IOException {
      Subject subject =
          SubjectBuilder.command(
                  Path.of(arguments[0]),
                  _ -> {},
                  List.of(
                      "sh",
                      "-c",
                      "trap '' TERM INT HUP; sh -c 'trap \"\" TERM INT HUP; echo child $$;"
                          + " while :; do sleep 0.1; done' & while :; do sleep 0.1; done"))
              .readyWhen("child (\\d+)")
              .start();
      System.out.println("subject " + subject.pid() + " child " + subject.port());
      while (System.in.read() >= 0) {
        // waits to be ended
      }
    }
  }

  /** Starts a subject that forked twice, into a session of its own and without environment. */
  static final class DaemonJvm {
    private DaemonJvm() {}

    /** Called by the JVM. */
    public static void main(String[] arguments) throws IOException {
      String script =
          "x=$(setsid sh -c 'env -i sh -c \"trap \\\"\\\" TERM INT HUP; while :; do sleep 0.1; done\""
              + " </dev/null >/dev/null 2>&1 & echo $!'); echo daemon $x; exit 0";
      Subject subject =
          SubjectBuilder.command(Path.of(arguments[0]), _ -> {}, List.of("sh", "-c", script))
              .launch();
      subject.awaitSuccess(SOON);
      System.out.println(subject.outputLines().getFirst());
      while (System.in.read() >= 0) {
        // waits to be ended
      }
    }
  }

  @ParameterizedTest(name = "SIG{0} {1}")
  @CsvSource({
    "KILL, --enable-native-access=ALL-UNNAMED",
    "TERM, --enable-native-access=ALL-UNNAMED",
    "KILL, --illegal-native-access=deny"
  })
  @EnabledOnOs(value = OS.LINUX, disabledReason = "elsewhere a daemon cannot be told from others")
  void noDaemonOutlivesTheJvmThatStartedIt(String signal, String nativeAccess) throws Exception {
    Subject jvm =
        SubjectBuilder.java(folder, subjects::add, DaemonJvm.class, List.of(folder.toString()))
            .jvmFlags(nativeAccess)
            .under("env", "--default-signal=TERM")
            .launch();
    long daemon = Long.parseLong(jvm.awaitOutput(Pattern.compile("daemon (\\d+)"), SOON).group(1));
    assertThat(isRunning(daemon)).isTrue();
    new ProcessBuilder("kill", "-" + signal, Long.toString(jvm.pid())).start().waitFor();
    assertThat(jvm.awaitExit(SOON)).isNotZero();
    Awaitility.await().atMost(TimeOut.scaled(SOON)).until(() -> !isRunning(daemon));
  }

  @ParameterizedTest(name = "SIG{0}")
  @ValueSource(strings = {"KILL", "TERM", "INT"})
  void noSubjectOutlivesTheJvmThatStartedIt(String signal) throws Exception {
    SubjectBuilder builder =
        SubjectBuilder.java(folder, subjects::add, TestJvm.class, List.of(folder.toString()));
    if (OS.current() == OS.LINUX) {
      // Whoever runs this in the background may have it ignore SIGINT, and children inherit that.
      builder.under("env", "--default-signal=INT,TERM");
    }
    Subject jvm = builder.launch();
    var line = jvm.awaitOutput(Pattern.compile("subject (\\d+) child (\\d+)"), SOON);
    long subject = Long.parseLong(line.group(1));
    long child = Long.parseLong(line.group(2));
    assertThat(isRunning(subject)).isTrue();
    assertThat(isRunning(child)).isTrue();
    new ProcessBuilder("kill", "-" + signal, Long.toString(jvm.pid())).start().waitFor();
    assertThat(jvm.awaitExit(SOON)).isNotZero();
    Awaitility.await()
        .atMost(TimeOut.scaled(SOON))
        .until(() -> !isRunning(subject) && !isRunning(child));
  }

  private static boolean isRunning(long pid) {
    return ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false);
  }
}
