package dev.socketlab.experiments.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.socketlab.artifact.Artifact;
import dev.socketlab.artifact.Verdict;
import dev.socketlab.gate.RequiresLinux;
import dev.socketlab.qsl.gateway.LoadMutant.Mutation;
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

/** What {@code socket-load} says of broken gateways beyond which mechanisms fail, and of none. */
@Tag("controls")
@RequiresLinux
@Isolated("its fixtures are experiments, which measure this JVM and its machine")
class SocketLoadIT {

  private static final String ARTIFACT = "socket_load_summary";
  private static final int COMPLETE = 1;
  private static final int BOOKS = 3;

  private @TempDir Path folder;
  private Laboratory laboratory;

  @BeforeEach
  void openLaboratory() {
    laboratory =
        new Laboratory(folder)
            .with("socketlab.load.counts", "8")
            .with("socketlab.load.trials", "1")
            .with("socketlab.load.sessions", "200")
            .with("socketlab.load.rate", "50");
  }

  static class Honest extends SocketLoadExperiment.BrokenGateway {
    Honest() {
      super(Mutation.NONE);
    }
  }

  @Test
  void withoutAFaultNothingFails() throws IOException {
    assertThat(failed(run(Honest.class))).isEmpty();
  }

  static class Dropping extends SocketLoadExperiment.DroppingAllowed {}

  @Test
  void whereThatIsAllowedItsCellIsMarkedAndTheKernelHasSeenIt() throws IOException {
    laboratory.with("socketlab.load.allow-partial", "1");
    Outcome outcome = run(Dropping.class);
    Artifact artifact = outcome.artifact(ARTIFACT).orElseThrow();
    assertThat(artifact.mechanisms().get(COMPLETE - 1).verdict()).isEqualTo(Verdict.INCONCLUSIVE);
    assertThat(failed(outcome)).contains(BOOKS);
    assertThat(artifact.tables().getFirst().rows().getFirst().getLast().toString())
        .contains("PARTIAL");
  }

  static class ShortQueue extends SocketLoadExperiment.ShortQueue {}

  @Tag("soak")
  @Test
  void anOverflowOfTheAcceptQueueIsInTheBooks() throws IOException {
    // What the full queue drops is repeated a second later, or answered by a reset.
    laboratory.with("socketlab.load.allow-partial", "1");
    Outcome outcome = run(ShortQueue.class);
    assertThat(failed(outcome)).containsExactly(BOOKS);
    assertThat(outcome.artifact(ARTIFACT).orElseThrow().mechanisms().get(BOOKS - 1).detail())
        .contains("ListenOverflows");
  }

  private Outcome run(Class<?> experiment) {
    Outcome outcome = laboratory.run(experiment);
    assumeThat(outcome.skipReasons()).noneMatch(reason -> reason.contains("netns is closed"));
    return outcome;
  }

  private static List<Integer> failed(Outcome outcome) throws IOException {
    return outcome.failedMechanisms(ARTIFACT);
  }
}
