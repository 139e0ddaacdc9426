package dev.socketlab.experiments.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.socketlab.artifact.Artifact;
import dev.socketlab.artifact.Verdict;
import dev.socketlab.experiment.Lab;
import dev.socketlab.experiment.PrivateNetwork;
import dev.socketlab.gate.RequiresLinux;
import dev.socketlab.place.SubjectBuilder;
import dev.socketlab.qsl.app.Qsl;
import dev.socketlab.qsl.gateway.LoadSaboteur;
import dev.socketlab.qsl.gateway.LoadSaboteur.Fault;
import dev.socketlab.qsl.gateway.TransportKind;
import dev.socketlab.testkit.Laboratory;
import dev.socketlab.testkit.Laboratory.Outcome;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Controls: each mechanism of {@code socket-load} is seen to fail with a gateway that is broken.
 */
@Tag("controls")
@RequiresLinux
class SocketLoadControlsIT {

  private static final String ARTIFACT = "socket_load_summary";
  private static final int COMPLETE = 1;
  private static final int RIGHT = 2;
  private static final int BOOKS = 3;
  private static final int MODEL = 4;
  private static final int NO_GROWTH = 5;

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

  /** The experiment with one gateway that has a fault; its books need a network of their own. */
  @PrivateNetwork(required = true)
  abstract static class Sabotaged extends SocketLoadExperiment {
    private final Fault fault;

    Sabotaged(Fault fault) {
      this.fault = fault;
    }

    @Override
    List<TransportKind> transports(Lab lab) {
      return List.of(TransportKind.THREADED);
    }

    @Override
    SubjectBuilder gateway(Lab lab, TransportKind transport, int backlog) {
      return lab.java(LoadSaboteur.class, fault.name())
          .named("saboteur")
          .readyWhen("listening on 127\\.0\\.0\\.1:(\\d+)");
    }
  }

  static class Honest extends Sabotaged {
    Honest() {
      super(Fault.NONE);
    }
  }

  @Test
  void withoutAFaultNothingFails() throws IOException {
    assertThat(failed(run(Honest.class))).isEmpty();
  }

  static class Dropping extends Sabotaged {
    Dropping() {
      super(Fault.DROP_EACH_100TH);
    }
  }

  @Test
  void aDroppedSessionMakesTheRunInvalid() throws IOException {
    Outcome outcome = run(Dropping.class);
    assertThat(outcome.failures())
        .singleElement()
        .asString()
        .contains("sessions were not completed (socketlab.load.allow-partial allows that)");
    assertThat(outcome.artifact(ARTIFACT)).isEmpty();
  }

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

  static class MixingUp extends Sabotaged {
    MixingUp() {
      super(Fault.MIX_UP_REPLIES);
    }
  }

  @Test
  void repliesOfAnotherSessionAreNoticed() throws IOException {
    assertThat(failed(run(MixingUp.class))).contains(COMPLETE, RIGHT);
  }

  static class ShortQueue extends Sabotaged {
    ShortQueue() {
      super(Fault.BACKLOG_1);
    }
  }

  @Test
  void anOverflowOfTheAcceptQueueIsInTheBooks() throws IOException {
    // What the full queue drops is repeated a second later, or answered by a reset.
    laboratory.with("socketlab.load.allow-partial", "1");
    Outcome outcome = run(ShortQueue.class);
    assertThat(failed(outcome)).containsExactly(BOOKS);
    assertThat(outcome.artifact(ARTIFACT).orElseThrow().mechanisms().get(BOOKS - 1).detail())
        .contains("ListenOverflows");
  }

  static class Leaking extends Sabotaged {
    Leaking() {
      super(Fault.LEAK_A_THREAD);
    }
  }

  @Test
  void aThreadThatEachSessionLeavesBehindIsFound() throws IOException {
    assertThat(failed(run(Leaking.class))).containsExactly(NO_GROWTH);
  }

  /** A selector that says it were a thread for each connection. */
  static class UnderAFalseName extends Sabotaged {
    UnderAFalseName() {
      super(Fault.NONE);
    }

    @Override
    SubjectBuilder gateway(Lab lab, TransportKind transport, int backlog) {
      return lab.java(Qsl.class, "gateway", "{port}", "--transport", "nio", "--until-eof")
          .readyWhen("listening on 127\\.0\\.0\\.1:(\\d+)");
    }
  }

  @Test
  void aThreadForAllWhereEachConnectionShouldHaveItsOwnIsFound() throws IOException {
    assertThat(failed(run(UnderAFalseName.class))).containsExactly(MODEL);
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
