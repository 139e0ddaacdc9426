package dev.socketlab.experiments.profile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.socketlab.experiment.Lab;
import dev.socketlab.gate.RequiresDocker;
import dev.socketlab.gate.RequiresLinux;
import dev.socketlab.place.ContainerBuilder;
import dev.socketlab.testkit.Laboratory;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Control: a container without the limit that was asked for is found out. */
@Tag("controls")
@RequiresLinux
@RequiresDocker(images = CpuLimitExperiment.IMAGE)
class CpuLimitControlsIT {

  private @TempDir Path folder;

  /** Every gateway gets twice the limit. */
  static class Lax extends CpuLimitExperiment {
    @Override
    ContainerBuilder gateway(Lab lab, double cpus) {
      return super.gateway(lab, cpus).cpus(2 * cpus);
    }
  }

  @Test
  void aLimitThatIsNotInForceIsFound() throws IOException {
    Laboratory laboratory =
        new Laboratory(folder)
            .with("socketlab.profile-container.round-trips", "10")
            .with("socketlab.profile-container.traced-round-trips", "10");
    assertThat(laboratory.run(Lax.class).failedMechanisms("profile_io_container")).contains(1);
  }
}
