package dev.socketlab.experiments.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.socketlab.experiment.Lab;
import dev.socketlab.experiment.PrivateNetwork;
import dev.socketlab.experiment.RequiresTracer;
import dev.socketlab.experiments.GatewayThreads;
import dev.socketlab.gate.RequiresLinux;
import dev.socketlab.place.SubjectBuilder;
import dev.socketlab.probe.ProcessUsageDelta;
import dev.socketlab.qsl.gateway.SaboteurGateway;
import dev.socketlab.qsl.gateway.SaboteurGateway.Fault;
import dev.socketlab.testkit.Laboratory;
import dev.socketlab.testkit.Laboratory.Outcome;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Controls: each mechanism of {@code profile-io} is seen to fail with a gateway that is broken. */
@Tag("controls")
@RequiresLinux
@RequiresTracer
class ProfileIoControlsIT {

  private static final int CONNECTIONS = 1;
  private static final int STEPS = 2;
  private static final int INTEGERS = 3;
  private static final int NOTHING_ELSE = 4;
  private static final int REST = 5;
  private static final int TICKS = 6;

  private @TempDir Path folder;
  private Laboratory laboratory;

  @BeforeEach
  void openLaboratory() {
    laboratory =
        new Laboratory(folder)
            .with("socketlab.profile.connections", "100")
            .with("socketlab.profile.warm-up", "10");
  }

  /** The experiment with one blocking gateway that has a fault. */
  abstract static class Sabotaged extends ProfileIoExperiment {
    private final Fault fault;

    Sabotaged(Fault fault) {
      this.fault = fault;
    }

    @Override
    List<String> transports() {
      return List.of("threaded");
    }

    @Override
    SubjectBuilder gateway(Lab lab, String transport) {
      return lab.java(SaboteurGateway.class, fault.name())
          .named("saboteur")
          .jvmFlags(GatewayThreads.IGNORE_CONTROL_GROUP)
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
    assertThat(failedMechanisms(laboratory.run(Honest.class))).isEmpty();
  }

  static class TwoWrites extends Sabotaged {
    TwoWrites() {
      super(Fault.TWO_WRITES);
    }
  }

  @Test
  void twoWritesForEachReplyAreCounted() throws IOException {
    assertThat(failedMechanisms(laboratory.run(TwoWrites.class))).containsExactly(INTEGERS);
  }

  static class ExtraCall extends Sabotaged {
    ExtraCall() {
      super(Fault.EXTRA_CALL);
    }
  }

  @Test
  void anExtraCallBeforeEachReadIsFound() throws IOException {
    assertThat(failedMechanisms(laboratory.run(ExtraCall.class))).containsExactly(NOTHING_ELSE);
  }

  static class Spinning extends Sabotaged {
    Spinning() {
      super(Fault.SPIN);
    }
  }

  @Test
  void spinningInsteadOfWaitingIsFoundByItsCallsAndWithoutAnyLoad() throws IOException {
    assertThat(failedMechanisms(laboratory.run(Spinning.class))).contains(INTEGERS, REST);
  }

  static class Dropping extends Sabotaged {
    Dropping() {
      super(Fault.ACCEPT_AND_DROP);
    }
  }

  @Test
  void aGatewayThatDropsItsClientsInvalidatesTheRun() throws IOException {
    Outcome outcome = laboratory.run(Dropping.class);
    assertThat(outcome.failures())
        .singleElement()
        .asString()
        .contains("completed 0 of 100 round trips");
    assertThat(outcome.artifact("socket_profile_loopback")).isEmpty();
  }

  static class NeverClosing extends Sabotaged {
    NeverClosing() {
      super(Fault.NEVER_CLOSE);
    }
  }

  @Test
  void aGatewayThatKeepsItsSocketsMissesAServingStep() throws IOException {
    assertThat(failedMechanisms(laboratory.run(NeverClosing.class))).contains(STEPS, INTEGERS);
  }

  @PrivateNetwork(required = true)
  static class ExtraConnection extends Sabotaged {
    ExtraConnection() {
      super(Fault.EXTRA_CONNECTION);
    }
  }

  @Test
  void aConnectionThatNobodyAskedForIsCounted() throws IOException {
    Outcome outcome = laboratory.run(ExtraConnection.class);
    assumeThat(outcome.skipReasons()).noneMatch(reason -> reason.contains("netns is closed"));
    assertThat(failedMechanisms(outcome)).contains(CONNECTIONS);
  }

  static class CookedTicks extends Honest {
    @Override
    Usage observed(Usage usage) {
      ProcessUsageDelta used = usage.used();
      return new Usage(
          usage.transport(),
          usage.state(),
          usage.roundTrips(),
          usage.accepted(),
          new ProcessUsageDelta(
              used.ticksPerSecond(),
              used.userTicks() + 1_000,
              used.systemTicks(),
              used.minorFaults(),
              used.majorFaults(),
              used.peakRssKb(),
              used.threads()),
          usage.rested());
    }
  }

  @Test
  void aProcessThatUsedMoreThanItsThreadsDidIsFound() throws IOException {
    assertThat(failedMechanisms(laboratory.run(CookedTicks.class))).containsExactly(TICKS);
  }

  private static List<Integer> failedMechanisms(Outcome outcome) throws IOException {
    return outcome.failedMechanisms("socket_profile_loopback");
  }
}
