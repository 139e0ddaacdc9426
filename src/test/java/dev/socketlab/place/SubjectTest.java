package dev.socketlab.place;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@DisabledOnOs(value = OS.WINDOWS, disabledReason = "the subjects here are shell commands")
class SubjectTest {

  private static final Duration SOON = Duration.ofSeconds(10);

  private @TempDir Path folder;
  private final List<Subject> subjects = new ArrayList<>();

  @AfterEach
  void stopAll() {
    subjects.forEach(Subject::close);
  }

  private SubjectBuilder shell(String script) {
    return SubjectBuilder.command(folder, subjects::add, List.of("sh", "-c", script));
  }

  @Test
  void aSubjectIsReadyWhenItSaysSoAndItsPortIsTheFirstGroup() {
    Subject subject =
        shell("echo booting; echo 'listening on 127.0.0.1:4711 now'; exec sleep 60")
            .named("server")
            .readyWhen("listening on 127\\.0\\.0\\.1:(\\d+)")
            .start();
    assertThat(subject.port()).isEqualTo(4711);
    assertThat(subject.readyLine().group()).isEqualTo("listening on 127.0.0.1:4711");
    assertThat(subject.outputFile()).hasFileName("server.log");
    assertThat(subject.outputLines()).first().isEqualTo("booting");
  }

  @Test
  void aSubjectThatDiesBeforeItIsReadyTellsItsLastWords() {
    assertThatThrownBy(() -> shell("echo out of luck >&2; exit 3").readyWhen("ready").start())
        .isInstanceOf(SubjectException.class)
        .hasMessageContaining("was awaited to print \"ready\" and ended with exit code 3")
        .hasMessageContaining("out of luck");
  }

  @Test
  void aSubjectThatIsNotReadyInTimeIsNamed() {
    assertThatThrownBy(() ->
            shell("exec sleep 60")
                .named("sleeper")
                .readyWhen("ready")
                .readyWithin(Duration.ofMillis(100))
                .start())
        .hasMessageContaining("subject sleeper")
        .hasMessageContaining("for 100 ms, in vain");
  }

  @Test
  void aProgramThatDoesNotExistIsNamed() {
    assertThatThrownBy(() ->
            SubjectBuilder.command(folder, subjects::add, List.of("no-such-program-here")).start())
        .hasMessageContaining("subject no-such-program-here cannot be started");
  }

  @Test
  void linesGoInAndTheExitCodeComesOut() {
    Subject subject = shell("read -r word; echo \"got $word\"; exit 5").start();
    subject.send("word");
    subject.awaitOutput(Pattern.compile("got word"), SOON);
    assertThat(subject.awaitExit(SOON)).isEqualTo(5);
    assertThatThrownBy(() -> subject.awaitSuccess(SOON)).hasMessageContaining("exit code 5");
    subject.failIfItDied();
  }

  @Test
  void stoppingIsOrderlyWhereItCan() {
    Subject subject =
        shell("trap 'echo goodbye; exit 0' TERM; echo ready; while :; do sleep 0.05; done")
            .readyWhen("ready")
            .start();
    assertThat(subject.stop()).isZero();
    assertThat(subject.outputLines()).contains("goodbye");
    assertThat(subject.stop()).isZero();
  }

  @Test
  void theWholeTreeIsKilledWhereItMust() {
    Subject subject =
        shell(
                "trap '' TERM; sh -c 'trap \"\" TERM; echo child $$; while :; do sleep 0.05; done' &"
                    + " wait; wait")
            .readyWhen("child (\\d+)")
            .stopWithin(Duration.ofMillis(200))
            .start();
    long child = subject.port();
    assertThat(ProcessHandle.of(child)).isPresent();
    subject.stop();
    assertThat(subject.isAlive()).isFalse();
    Awaitility.await().atMost(SOON).until(() -> ProcessHandle.of(child).isEmpty());
  }

  private SubjectBuilder childOfAShell(String script) {
    return shell(script).childOf("sh", "-c", "\"$@\"; echo parent ends; exit 7", "parent");
  }

  @Test
  void ofAChildThePidIsItsOwnAndStoppingReachesItAndItsParentEndsInOrder() {
    Subject subject = childOfAShell("exec sleep 60").start();
    assertThat(ProcessHandle.of(subject.pid()).flatMap(p -> p.info().command()))
        .hasValueSatisfying(command -> assertThat(command).doesNotEndWith("sh"));
    assertThat(subject.stop()).isEqualTo(7);
    assertThat(subject.outputLines()).contains("parent ends");
  }

  @Test
  void aChildThatDoesNotListenIsKilledAndItsParentStillEndsInOrder() {
    Subject subject =
        childOfAShell("trap '' TERM; echo ready; exec sleep 60")
            .readyWhen("ready")
            .stopWithin(Duration.ofSeconds(2))
            .start();
    assertThat(subject.stop()).isEqualTo(7);
    assertThat(subject.outputLines()).contains("parent ends");
  }

  @Test
  void aChildOutlivesAParentThatIsKilledButNotItsStop() {
    Subject subject = childOfAShell("exec sleep 60").start();
    ProcessHandle child = ProcessHandle.of(subject.pid()).orElseThrow();
    child.parent().orElseThrow().destroyForcibly();
    Awaitility.await().atMost(SOON).until(() -> !subject.isAlive());
    assertThat(child.isAlive()).isTrue();
    assertThatThrownBy(subject::failIfItDied)
        .hasMessageContaining("lost its parent command during the measurement, exit code 137");
    subject.stop();
    Awaitility.await().atMost(SOON).until(() -> hasEnded(child));
  }

  /**
   * An orphan that has ended counts as alive until process 1 takes its status, but runs nothing.
   */
  private static boolean hasEnded(ProcessHandle orphan) {
    return !orphan.isAlive() || orphan.info().command().isEmpty();
  }

  @Test
  void aParentThatRunsNoChildIsNamed() {
    assertThatThrownBy(() -> shell("true").childOf("sh", "-c", "echo refused; exit 3").start())
        .hasMessageContaining("was awaited to run its child and ended with exit code 3")
        .hasMessageContaining("refused");
  }

  @Test
  void aMainClassRunsWithTheFlagsAndTheClassPathOfTheTest() {
    Subject subject =
        SubjectBuilder.java(folder, subjects::add, EchoMain.class, List.of("one", "two"))
            .jvmFlags("-XX:+UseSerialGC", "-Dword=three")
            .start();
    subject.awaitSuccess(SOON);
    assertThat(subject.outputLines()).containsExactly("one two three");
    assertThat(subject.startedAs()).isEqualTo("JVM -XX:+UseSerialGC -Dword=three");
  }

  @Test
  void aSecondSubjectOfTheSameNameKeepsTheEvidenceOfTheFirst() {
    Subject first = shell("echo first").named("twin").start();
    Subject second = shell("echo second").named("twin").start();
    first.awaitSuccess(SOON);
    second.awaitSuccess(SOON);
    assertThat(first.outputLines()).containsExactly("first");
    assertThat(second.outputLines()).containsExactly("second");
  }

  @Test
  void aFreePortIsBelowTheEphemeralRangeAndAnotherOneEachTime() {
    int one = FreePort.find();
    int other = FreePort.find();
    assertThat(one).isBetween(10_240, 60_999).isNotEqualTo(other);
  }

  /** Prints its arguments and a property. */
  static final class EchoMain {
    private EchoMain() {}

    /** Called by the JVM of the subject. */
    public static void main(String[] arguments) {
      System.out.println(String.join(" ", arguments) + " " + System.getProperty("word"));
    }
  }
}
