package dev.socketlab.experiments.profile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.socketlab.artifact.MechanismVerdict;
import dev.socketlab.artifact.Verdict;
import dev.socketlab.gate.RequiresLinux;
import dev.socketlab.gate.RequiresTracer;
import dev.socketlab.qsl.gateway.MutantGateway.Mutation;
import dev.socketlab.testkit.Laboratory;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/** What {@code profile-io} says of the controls' gateway beyond which mechanisms must fail. */
@Tag("controls")
@RequiresLinux
@RequiresTracer
@Isolated("its fixtures are experiments, which measure this JVM and its machine")
class ProfileIoIT {

  private static final String ARTIFACT = "socket_profile_loopback";

  private @TempDir Path folder;
  private Laboratory laboratory;

  @BeforeEach
  void openLaboratory() {
    laboratory =
        new Laboratory(folder)
            .with("socketlab.profile.connections", "100")
            .with("socketlab.profile.warm-up", "10");
  }

  static class Honest extends ProfileIoExperiment.BrokenGateway {
    Honest() {
      super(Mutation.NONE);
    }
  }

  @Test
  void withoutAFaultNothingFails() throws IOException {
    assertThat(laboratory.run(Honest.class).failedMechanisms(ARTIFACT)).isEmpty();
  }

  static class Spinning extends ProfileIoExperiment.BrokenGateway {
    Spinning() {
      super(Mutation.SPIN);
    }
  }

  /** A budget cannot tell where a larger load has made fewer calls, but it does not hold. */
  @Tag("soak")
  @Test
  void spinningInsteadOfWaitingIsSeenInTheCallsToo() throws IOException {
    assertThat(laboratory.run(Spinning.class).artifact(ARTIFACT).orElseThrow().mechanisms())
        .filteredOn(mechanism -> mechanism.statement().contains("of its budget"))
        .singleElement()
        .extracting(MechanismVerdict::verdict)
        .isIn(Verdict.FAILED, Verdict.INCONCLUSIVE);
  }
}
