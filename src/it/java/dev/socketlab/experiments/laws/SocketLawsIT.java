package dev.socketlab.experiments.laws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.socketlab.gate.RequiresFault;
import dev.socketlab.gate.RequiresLinux;
import dev.socketlab.network.LinkFault;
import dev.socketlab.testkit.Laboratory;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/** The laws hold with other parameters than those of the experiments, too. */
@Tag("controls")
@RequiresLinux
@RequiresFault(LinkFault.Kind.DROP)
@Isolated("its fixtures are experiments, which measure this JVM and its machine")
class SocketLawsIT {

  @Test
  void theRealLawsHold(@TempDir Path folder) throws IOException {
    Laboratory laboratory =
        new Laboratory(folder)
            .with("socketlab.accept-queue.trials", "1")
            .with("socketlab.link-loss.trials", "1")
            .with("socketlab.accept-queue.backlogs", "2 9")
            .with("socketlab.accept-queue.somaxconn", "4")
            .with("socketlab.accept-queue.surplus", "2")
            .with("socketlab.link-loss.drop-every", "7")
            .with("socketlab.controls", "skip");
    assertThat(laboratory.run(AcceptQueueExperiment.class).failures()).isEmpty();
    assertThat(laboratory.run(LinkLossExperiment.class).failures()).isEmpty();
  }
}
