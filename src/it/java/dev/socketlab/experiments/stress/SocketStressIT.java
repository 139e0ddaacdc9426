package dev.socketlab.experiments.stress;

import static org.assertj.core.api.Assertions.assertThat;

import dev.socketlab.artifact.Artifact;
import dev.socketlab.artifact.MechanismVerdict;
import dev.socketlab.artifact.Verdict;
import dev.socketlab.gate.RequiresLinux;
import dev.socketlab.subject.internal.ProcessGuard;
import dev.socketlab.testkit.Laboratory;
import dev.socketlab.testkit.Laboratory.Outcome;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/**
 * What {@code socket-stress} makes of a feed or a system on which it cannot say all that it could.
 */
@Tag("controls")
@RequiresLinux
@Isolated("its fixtures are experiments, which measure this JVM and its machine")
class SocketStressIT {

  private static final int MECHANISMS = 5;

  private @TempDir Path folder;
  private Laboratory laboratory;

  @BeforeEach
  void openLaboratory() {
    laboratory =
        new Laboratory(folder)
            .with("socketlab.stress.trials", "1")
            .with("socketlab.stress.orders", "500")
            .with("socketlab.controls", "skip");
  }

  /** The control as an experiment of its own. */
  static class Dying extends SocketStressExperiment.DyingSubscriber {}

  @Test
  void aSubscriberThatDiesDuringTheBurstInvalidatesTheRunAndLeavesNothing() throws IOException {
    laboratory.with("socketlab.stress.orders", "10000000");
    ProcessGuard.start(); // it stays, for the whole of the JVM's life
    List<Long> before = children();
    Outcome outcome = laboratory.run(Dying.class);
    assertThat(outcome.failures())
        .singleElement()
        .asString()
        .contains("subject subscriber")
        .contains("exit code 42")
        .contains("struck by lightning");
    assertThat(outcome.artifact("socket_stress_summary")).isEmpty();
    assertThat(children()).isSubsetOf(before);
  }

  @Test
  void theRealFeedPassesHereToo() throws IOException {
    Outcome outcome = laboratory.run(SocketStressExperiment.class);
    assertThat(outcome.failures()).isEmpty();
    assertThat(outcome.artifact("socket_stress_summary").orElseThrow().mechanisms())
        .hasSize(MECHANISMS)
        .extracting(MechanismVerdict::verdict)
        .containsOnly(Verdict.HOLDS);
  }

  @Test
  void withoutTheKernelsTablesItRunsAndSaysWhatItCannotKnow() throws IOException {
    String system = System.setProperty("os.name", "Mac OS X");
    try {
      Outcome outcome = laboratory.run(SocketStressExperiment.class);
      assertThat(outcome.failures()).isEmpty();
      Artifact artifact = outcome.artifact("socket_stress_summary").orElseThrow();
      assertThat(artifact.mechanisms())
          .extracting(MechanismVerdict::verdict)
          .containsExactly(
              Verdict.INCONCLUSIVE,
              Verdict.NOT_RUN,
              Verdict.NOT_RUN,
              Verdict.HOLDS,
              Verdict.NOT_RUN);
      assertThat(artifact.toText()).contains("this system has no table of drops for each socket");
    } finally {
      System.setProperty("os.name", system);
    }
  }

  private static List<Long> children() {
    return ProcessHandle.current().descendants().map(ProcessHandle::pid).toList();
  }
}
