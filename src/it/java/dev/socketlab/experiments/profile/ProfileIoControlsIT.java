package dev.socketlab.experiments.profile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.socketlab.artifact.MechanismVerdict;
import dev.socketlab.artifact.Verdict;
import dev.socketlab.experiment.Lab;
import dev.socketlab.experiment.RequiresTracer;
import dev.socketlab.gate.RequiresLinux;
import dev.socketlab.place.SubjectBuilder;
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

  private static final int INTEGERS = 3;
  private static final int NOTHING_ELSE = 4;
  private static final int SWITCHES = 5;

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
  void spinningInsteadOfWaitingIsFoundByItsCallsAndItsSwitches() throws IOException {
    assertThat(failedMechanisms(laboratory.run(Spinning.class))).contains(INTEGERS, SWITCHES);
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

  private static List<Integer> failedMechanisms(Outcome outcome) throws IOException {
    return outcome.artifact("socket_profile_loopback").orElseThrow().mechanisms().stream()
        .filter(mechanism -> mechanism.verdict() == Verdict.FAILED)
        .map(MechanismVerdict::number)
        .toList();
  }
}
