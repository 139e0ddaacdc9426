package dev.socketlab.experiments.profile;

import static dev.socketlab.assertion.LabAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.socketlab.artifact.Artifact;
import dev.socketlab.compare.Comparison;
import dev.socketlab.compare.Difference;
import dev.socketlab.experiment.Lab;
import dev.socketlab.experiment.RequiresTracer;
import dev.socketlab.gate.RequiresLinux;
import dev.socketlab.place.SubjectBuilder;
import dev.socketlab.testkit.Laboratory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A comparison finds what a saboteur changed in the gateway, and nothing where nothing changed. */
@Tag("controls")
@RequiresLinux
@RequiresTracer
class PlantedChangeIT {

  private static @TempDir Path folder;
  private static Artifact honest;

  @BeforeAll
  static void runTheHonestGateway() throws IOException {
    honest = artifact(ProfileIoControlsIT.Honest.class);
  }

  @Test
  void theSameGatewayAgainIsUnchanged() throws IOException {
    assertThat(artifact(ProfileIoControlsIT.Honest.class)).isUnchangedSince(honest);
  }

  @Test
  void oneMoreWriteForEachRequestIsFound() throws IOException {
    assertThat(Comparison.of(honest, artifact(ProfileIoControlsIT.TwoWrites.class)).changes())
        .contains(
            new Difference(
                "System calls per round trip: threaded [call=write] whole (calls)", "1", "2"));
  }

  @Test
  void aCallThatWasNotMadeBeforeIsFound() throws IOException {
    assertThat(Comparison.of(honest, artifact(ProfileIoControlsIT.ExtraCall.class)).changes())
        .contains(
            new Difference(
                "System calls per round trip: threaded [call=getsockopt] whole (calls)",
                "n/a (no such row)",
                "2"));
  }

  static class WithFlag extends ProfileIoControlsIT.Honest {
    @Override
    SubjectBuilder gateway(Lab lab, String transport) {
      return super.gateway(lab, transport).jvmFlags("-Djdk.pollerMode=1");
    }
  }

  @Test
  void aFlagOfTheSubjectIsNamedAndIsNoChangeByItself() throws IOException {
    Comparison comparison = Comparison.of(honest, artifact(WithFlag.class));
    assertThat(comparison.changes()).isEmpty();
    assertThat(comparison.context())
        .filteredOn(difference -> difference.where().equals("subject saboteur"))
        .singleElement()
        .satisfies(difference -> {
          assertThat(difference.before()).doesNotContain("pollerMode");
          assertThat(difference.after()).contains("-Djdk.pollerMode=1");
        });
  }

  private static Artifact artifact(Class<?> experiment) throws IOException {
    Laboratory laboratory =
        new Laboratory(Files.createTempDirectory(folder, experiment.getSimpleName()))
            .with("socketlab.profile.connections", "100")
            .with("socketlab.profile.warm-up", "10");
    return laboratory.run(experiment).artifact("socket_profile_loopback").orElseThrow();
  }
}
