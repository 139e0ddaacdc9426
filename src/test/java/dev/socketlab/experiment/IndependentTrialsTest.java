package dev.socketlab.experiment;

import static dev.socketlab.artifact.Column.exact;
import static dev.socketlab.artifact.Column.key;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import dev.socketlab.artifact.Artifact;
import dev.socketlab.artifact.MechanismVerdict;
import dev.socketlab.artifact.Table;
import dev.socketlab.artifact.Verdict;
import dev.socketlab.compare.internal.Comparison;
import dev.socketlab.testkit.Laboratory;
import dev.socketlab.testkit.Laboratory.Outcome;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

@Isolated("its fixtures are experiments, which measure this JVM and its machine")
class IndependentTrialsTest {

  private @TempDir Path folder;

  @Tag("sweep")
  @Experiment(title = "A sweep", shows = "x", doesNotShow = "x")
  static class SweepCase {
    static boolean broken;

    private final Map<String, Integer> observed = new TreeMap<>();

    List<String> servers() {
      return List.of("a", "b", "c");
    }

    @Trials(independent = true)
    void ask(@Factor("servers") String server) throws IOException {
      if (broken && server.equals("b")) {
        throw new IOException("b does not answer");
      }
      observed.put(server, 7);
    }

    @Mechanism("seven everywhere")
    void seven() {
      assertThat(observed.values()).isNotEmpty().containsOnly(7);
    }

    @Mechanism("less than seven everywhere")
    void lessThanSeven() {
      assertThat(observed.values()).isNotEmpty().allMatch(value -> value < 7);
    }

    @Mechanism("a is like b")
    void alike() {
      int a = Objects.requireNonNull(observed.get("a"));
      int b = Objects.requireNonNull(observed.get("b"));
      assertThat(a).isEqualTo(b);
    }

    @AfterAll
    void report(Lab lab) {
      Table.Builder table = Table.named("Answers", key("server"), exact("answers"));
      for (Map.Entry<String, Integer> entry : observed.entrySet()) {
        table.row(entry.getKey(), entry.getValue());
      }
      lab.report().table(table);
    }
  }

  @Test
  void anInvalidTrialIsNamedAndTheOthersGoOn() throws IOException {
    Artifact whole = sweep(false).artifact("sweep").orElseThrow();
    Outcome outcome = sweep(true);
    assertThat(outcome.failures()).as("the build is red").anyMatch("b does not answer"::equals);
    assertThat(outcome.started()).contains("ask c, trial 1 of 1", "seven everywhere");
    Artifact partial = outcome.artifact("sweep").orElseThrow();
    assertThat(whole.isPartial()).isFalse();
    assertThat(partial.invalidTrials())
        .containsExactly("ask b, trial 1 of 1: IOException: b does not answer");
    assertThat(verdicts(whole))
        .containsOnly(
            entry("seven everywhere", Verdict.HOLDS),
            entry("less than seven everywhere", Verdict.FAILED),
            entry("a is like b", Verdict.HOLDS));
    assertThat(verdicts(partial))
        .containsOnly(
            entry("seven everywhere", Verdict.INCONCLUSIVE),
            entry("less than seven everywhere", Verdict.FAILED),
            entry("a is like b", Verdict.INCONCLUSIVE));
    assertThat(partial.mechanisms())
        .extracting(MechanismVerdict::detail)
        .contains("would hold, but trials were invalid: 1")
        .anyMatch(detail -> detail.startsWith("without the invalid trials: NullPointerException"));
    assertThat(partial.toText())
        .contains(
            "verdict: FAILED, PARTIAL: trials that were invalid: 1 (0 of 3 mechanisms hold",
            "Invalid trials, not in what follows",
            "- ask b, trial 1 of 1: IOException: b does not answer");
    assertThat(partial.tables().getFirst().rows()).hasSize(2);
    assertThat(Artifact.fromJson(partial.toJson())).isEqualTo(partial);
    assertThat(Comparison.of(whole, partial).toText())
        .contains("Answers [server=b] answers: 7 → n/a (no such row)")
        .doesNotContain("[server=a]");
  }

  private static Map<String, Verdict> verdicts(Artifact artifact) {
    return artifact.mechanisms().stream()
        .collect(Collectors.toMap(MechanismVerdict::statement, MechanismVerdict::verdict));
  }

  private Outcome sweep(boolean broken) {
    SweepCase.broken = broken;
    return new Laboratory(folder.resolve("broken-" + broken)).run(SweepCase.class);
  }
}
