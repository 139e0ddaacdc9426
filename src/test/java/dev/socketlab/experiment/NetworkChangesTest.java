package dev.socketlab.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.socketlab.artifact.Artifact;
import dev.socketlab.artifact.Verdict;
import dev.socketlab.network.Traffic;
import dev.socketlab.probe.Sysctl;
import dev.socketlab.testkit.Laboratory;
import dev.socketlab.testkit.Laboratory.Outcome;
import dev.socketlab.testkit.PrivateNetworks;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/** What an experiment changes in its network ends with the trial, and the artifact says it. */
@Isolated("its fixtures are experiments, which measure this JVM and its machine")
class NetworkChangesTest {
  private static final String SETTING = "net.ipv4.tcp_abort_on_overflow";

  private @TempDir Path folder;

  @Tag("changes")
  @PrivateNetwork(required = true, hosts = 2)
  @Experiment(title = "a fixture", shows = "what it changes", doesNotShow = "anything else")
  static class ChangingCase {
    private final List<Long> before = new ArrayList<>();

    @BeforeAll
    static void ofAllTrials(Lab lab) {
      lab.peer().set("net.ipv4.tcp_retries2", 5);
    }

    @Trials(2)
    void change(Trial trial, Lab lab) throws Exception {
      before.add(Sysctl.number(SETTING));
      lab.here().set(SETTING, 1);
      lab.peer().dropEvery(10, Traffic.SYN);
      assertThat(Sysctl.number(SETTING)).isEqualTo(1);
      assertThat(lab.peer().<Long>call(() -> Sysctl.number(SETTING))).isZero();
      assertThat(lab.peer().<Long>call(() -> Sysctl.number("net.ipv4.tcp_retries2"))).isEqualTo(5);
    }

    @Mechanism("each trial found what was there before the others")
    void ended(Lab lab) {
      assertThat(before).containsExactly(0L, 0L);
      assertThat(Sysctl.number(SETTING)).isZero();
    }
  }

  @Test
  void theyEndWithTheTrialAndStandInTheArtifact() throws IOException {
    PrivateNetworks.openOrSkip().close();
    Outcome outcome = new Laboratory(folder).run(ChangingCase.class);
    assertThat(outcome.failures()).isEmpty();
    Artifact artifact = outcome.artifact("changes").orElseThrow();
    assertThat(artifact.verdict()).isEqualTo(Verdict.HOLDS);
    assertThat(artifact.provenance().network())
        .isEqualTo(
            "two own namespaces, joined by a veth pair; changed: "
                + SETTING
                + " = 1 on 198.18.0.1; net.ipv4.tcp_retries2 = 5 on 198.18.0.2; "
                + "each 10th SYN packet that arrives at 198.18.0.2 is dropped");
  }
}
