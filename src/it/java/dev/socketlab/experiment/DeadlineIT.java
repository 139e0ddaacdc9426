package dev.socketlab.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.socketlab.gate.RequiresLinux;
import dev.socketlab.internal.os.TimeOut;
import dev.socketlab.subject.Subject;
import dev.socketlab.testkit.Laboratory;
import dev.socketlab.testkit.Laboratory.Outcome;
import dev.socketlab.testkit.PrivateNetworks;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/** What waits for ever is ended, on the host's network and in a private one, and told. */
@Tag("isolation")
@RequiresLinux
@Isolated("its fixtures are experiments, which measure this JVM and its machine")
class DeadlineIT {

  private static final String NEVER_ENDING = "DeadlineIT\\$NeverEnding";

  private @TempDir Path folder;

  /** Takes a connection and neither answers nor closes it. */
  static final class NeverEnding {
    private NeverEnding() {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
      try (ServerSocket server =
              new ServerSocket(
                  Integer.parseInt(arguments[0]), 5, InetAddress.getLoopbackAddress());
          Socket _ = server.accept()) {
        System.out.println("a client is there");
        new CountDownLatch(1).await();
      }
    }
  }

  @Tag("reads-to-the-end")
  @Experiment(title = "x", shows = "x", doesNotShow = "x")
  static class ReadsToTheEndCase {
    @Trials(2)
    void read(Lab lab) throws IOException {
      Subject server = lab.java(NeverEnding.class, "{port}").start();
      try (Socket socket = new Socket(server.address().getAddress(), server.port())) {
        socket.getOutputStream().write(new byte[7]);
        socket.getInputStream().readAllBytes();
      }
    }

    @Mechanism("what was read is enough")
    void enough() {
      throw new AssertionError("no trial can have ended");
    }
  }

  @PrivateNetwork(required = true)
  @Tag("reads-to-the-end")
  @Experiment(title = "x", shows = "x", doesNotShow = "x")
  static class ReadsToTheEndInPrivateCase extends ReadsToTheEndCase {}

  @Test
  void aServerThatNeverClosesIsNamedWithItsSocketsThreadsAndOutput() {
    theEndOfReading(ReadsToTheEndCase.class);
  }

  @Test
  void soItIsInAPrivateNetwork() {
    PrivateNetworks.openOrSkip().close();
    theEndOfReading(ReadsToTheEndInPrivateCase.class);
  }

  private void theEndOfReading(Class<?> experiment) {
    Outcome outcome = run(experiment);
    assertThat(outcome.failures())
        .singleElement()
        .asString()
        .startsWith("read, trial 1 of 2 did not end within ")
        .containsPattern("^[^\n]+\\(socketlab.deadline\\), at read \\(DeadlineIT.java:\\d+\\)")
        .containsPattern("thread (experiment|private-network) \\(RUNNABLE\\)")
        .contains("ReadsToTheEndCase.read")
        .contains("subject NeverEnding (pid ")
        .containsPattern("TCP LISTEN [^ ]*127\\.0\\.0\\.1:\\d+, 0 to accept")
        .containsPattern("TCP ESTABLISHED .* 7 bytes to read, 0 unacknowledged")
        .containsPattern("threads? java: state S, in futex")
        .contains("a client is there");
    assertThat(outcome.started()).as("the run is invalid after it").hasSize(1);
    nothingIsLeft();
  }

  @Tag("parks-for-ever")
  @Experiment(title = "x", shows = "x", doesNotShow = "x")
  static class ParksForEverCase {
    @Trials
    void park() throws InterruptedException {
      new CountDownLatch(1).await();
    }

    @Mechanism("it goes on")
    void goesOn() {
      throw new AssertionError("no trial can have ended");
    }
  }

  @Test
  void aTrialThatWaitsForNobodyIsInterrupted() {
    assertThat(run(ParksForEverCase.class).failures())
        .singleElement()
        .asString()
        .contains("ParksForEverCase.park")
        .contains("no subject is at work");
  }

  @Tag("deaf")
  @Experiment(title = "x", shows = "x", doesNotShow = "x")
  static class DeafCase {
    static volatile boolean end;
    static volatile boolean ended;

    @Trials
    void spin() {
      while (!end) {
        Thread.onSpinWait();
      }
      ended = true;
    }

    @Test
    void afterwards() {
      throw new AssertionError("the thread is lost");
    }

    @Mechanism("it goes on")
    void goesOn() {
      throw new AssertionError("no trial can have ended");
    }
  }

  @Test
  void aTrialThatNothingEndsIsLeftBehind() {
    try {
      assertThat(run(DeafCase.class).failures())
          .singleElement()
          .asString()
          .contains("DeafCase.spin");
    } finally {
      DeafCase.end = true;
    }
    Awaitility.await().atMost(TimeOut.scaled(Duration.ofSeconds(10))).until(() -> DeafCase.ended);
  }

  @Tag("hanging-mechanism")
  @Experiment(title = "x", shows = "x", doesNotShow = "x")
  static class HangingMechanismCase {
    @Mechanism("it comes to an end")
    void end() throws InterruptedException {
      new CountDownLatch(1).await();
    }
  }

  @Test
  void aMechanismHasADeadlineToo() throws IOException {
    Outcome outcome = run(HangingMechanismCase.class);
    assertThat(outcome.failures()).singleElement().asString().contains("HangingMechanismCase.end");
    assertThat(outcome.artifact("hanging_mechanism")).isEmpty();
  }

  @Tag("stubborn")
  @Experiment(title = "x", shows = "x", doesNotShow = "x")
  static class StubbornCase {
    @Trials
    void wait(Lab lab) throws InterruptedException {
      lab.command("sh", "-c", "trap '' TERM; echo ready; while :; do sleep 0.1; done")
          .readyWhen("ready")
          .stopWithin(Duration.ofMillis(200))
          .start();
      new CountDownLatch(1).await();
    }

    @Mechanism("it comes to an end")
    void end() {
      throw new AssertionError("no trial can have ended");
    }
  }

  @Test
  void aSubjectThatDoesNotWantToEndIsKilled() {
    assertThat(run(StubbornCase.class).failures())
        .singleElement()
        .asString()
        .contains("subject sh (pid ");
    nothingIsLeft();
  }

  private Outcome run(Class<?> experiment) {
    long start = System.nanoTime();
    Outcome outcome = new Laboratory(folder).with(Deadline.KEY, "1").run(experiment);
    assertThat(Duration.ofNanos(System.nanoTime() - start))
        .isLessThan(TimeOut.scaled(Duration.ofSeconds(60)));
    return outcome;
  }

  private static void nothingIsLeft() {
    Awaitility.await()
        .atMost(TimeOut.scaled(Duration.ofSeconds(10)))
        .untilAsserted(() -> assertThat(commands()).noneMatch(DeadlineIT::isOurs));
  }

  private static List<String> commands() {
    return ProcessHandle.current()
        .descendants()
        .map(process -> process.info().commandLine().orElse(""))
        .toList();
  }

  private static boolean isOurs(String command) {
    return command.matches(".*(" + NEVER_ENDING + "|trap '' TERM).*");
  }
}
