package dev.socketlab.experiment;

import static dev.socketlab.artifact.Column.informational;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.socketlab.artifact.Artifact;
import dev.socketlab.artifact.MechanismVerdict;
import dev.socketlab.artifact.Table;
import dev.socketlab.artifact.Verdict;
import dev.socketlab.gate.RequiresTool;
import dev.socketlab.testkit.Laboratory;
import dev.socketlab.testkit.Laboratory.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

@Isolated("its fixtures are experiments, which measure this JVM and its machine")
class ExperimentLifeTest {

  private @TempDir Path folder;
  private Laboratory laboratory;

  @BeforeEach
  void openLaboratory() {
    laboratory = new Laboratory(folder);
  }

  /** Two buffers and two trials each, and what one could say about them. */
  @Experiment(title = "a fixture", shows = "that it runs", doesNotShow = "anything else")
  abstract static class Fixture {
    static final Parameter<Integer> TRIALS =
        Parameter.integer("fixture.trials", 2, 1, 9).unit("trials").doc("how often");

    final List<String> observations = new ArrayList<>();

    List<String> buffers() {
      return List.of("small", "large");
    }

    @Trials(parameter = "fixture.trials")
    void observe(@Factor("buffers") String buffer, Trial trial) {
      observations.add(buffer + trial.number());
    }

    @Mechanism("everything was observed")
    @Order(1)
    void complete(Lab lab) {
      assertThat(observations).hasSize(2 * lab.get(TRIALS));
      lab.evidence(observations.size() + " observations");
    }

    @AfterAll
    void report(Lab lab) {
      Table.Builder table = Table.named("observations", informational("which"));
      for (String observation : observations) {
        table.row(observation);
      }
      lab.report().table(table).note("a remark").howToRead("from top to bottom");
    }
  }

  @Tag("holding")
  static class HoldingCase extends Fixture {}

  @Test
  void trialsAreInterleavedAndNamedAndMechanismsComeLast() {
    assertThat(laboratory.run(HoldingCase.class).started())
        .containsExactly(
            "observe small, trial 1 of 2",
            "observe large, trial 1 of 2",
            "observe small, trial 2 of 2",
            "observe large, trial 2 of 2",
            "everything was observed");
  }

  @Test
  void aRunThatHoldsIsPublishedWithItsEvidence() throws IOException {
    Outcome outcome = laboratory.with("fixture.trials", "3").run(HoldingCase.class);
    assertThat(outcome.failures()).isEmpty();
    Artifact artifact = outcome.artifact("holding").orElseThrow();
    assertThat(artifact.verdict()).isEqualTo(Verdict.HOLDS);
    assertThat(artifact.mechanisms())
        .extracting(MechanismVerdict::statement, MechanismVerdict::detail)
        .containsExactly(tuple("everything was observed", "6 observations"));
    assertThat(artifact.tables().getFirst().rows()).hasSize(6);
    assertThat(artifact.parameters())
        .extracting(
            Artifact.ParameterLine::key,
            Artifact.ParameterLine::value,
            Artifact.ParameterLine::origin)
        .containsExactly(tuple("fixture.trials", "3", "JUnit configuration parameter"));
    assertThat(artifact.command()).isEqualTo("mvn -Dgroups=holding '-Dfixture.trials=3' verify");
    assertThat(artifact.shows()).containsExactly("that it runs");
    assertThat(artifact.doesNotShow()).containsExactly("anything else");
    assertThat(artifact.notes()).startsWith("a remark"); // a slow machine has one more
    assertThat(laboratory.results().resolve("holding.txt")).hasContent(artifact.toText());
    assertThat(folder.resolve("attachments/ExperimentLifeTest$HoldingCase/holding.txt"))
        .hasContent(artifact.toText());
  }

  @Tag("failing")
  static class FailingCase extends Fixture {
    @Mechanism("more was observed than there is")
    @Order(2)
    void impossible() {
      assertThat(observations).as("observations").hasSize(99);
    }
  }

  @Test
  void aMechanismThatFailsIsRedAndLeavesItsEvidence() throws IOException {
    Outcome outcome = laboratory.run(FailingCase.class);
    assertThat(outcome.failures()).hasSize(1);
    Artifact artifact = outcome.artifact("failing").orElseThrow();
    assertThat(artifact.verdict()).isEqualTo(Verdict.FAILED);
    assertThat(artifact.mechanisms())
        .extracting(MechanismVerdict::verdict)
        .containsExactly(Verdict.HOLDS, Verdict.FAILED);
    assertThat(artifact.mechanisms().getLast().detail()).contains("99");
  }

  @Tag("unresolved")
  static class InconclusiveCase extends Fixture {
    @Mechanism("what cannot be known")
    @Order(2)
    void unknowable() {
      throw new Inconclusive("both levels are alike");
    }
  }

  @Test
  void anInconclusiveMechanismIsNeverCountedAsHolding() throws IOException {
    Outcome outcome = laboratory.run(InconclusiveCase.class);
    assertThat(outcome.failures()).isEmpty();
    assertThat(outcome.aborted()).isOne();
    Artifact artifact = outcome.artifact("unresolved").orElseThrow();
    assertThat(artifact.verdict()).isEqualTo(Verdict.INCONCLUSIVE);
    assertThat(artifact.mechanisms().getLast().detail()).isEqualTo("both levels are alike");
  }

  @Tag("holding")
  static class InvalidCase extends Fixture {
    @Override
    @Trials(parameter = "fixture.trials")
    void observe(@Factor("buffers") String buffer, Trial trial) {
      if (buffer.equals("large")) {
        throw new IllegalStateException("the subject did not answer");
      }
      super.observe(buffer, trial);
    }
  }

  @Test
  void anInvalidRunSkipsTheRestAndLeavesTheOldArtifactAlone() throws IOException {
    laboratory.run(HoldingCase.class);
    String before = Files.readString(laboratory.results().resolve("holding.txt"));
    Outcome outcome = laboratory.run(InvalidCase.class);
    assertThat(outcome.started())
        .containsExactly("observe small, trial 1 of 2", "observe large, trial 1 of 2");
    assertThat(outcome.failures()).containsExactly("the subject did not answer");
    assertThat(outcome.skipReasons())
        .isNotEmpty()
        .allSatisfy(reason ->
            assertThat(reason)
                .contains("the run is invalid already")
                .contains("the subject did not answer"));
    assertThat(Files.readString(laboratory.results().resolve("holding.txt"))).isEqualTo(before);
  }

  @Tag("assertive")
  static class AssertingTrialCase extends Fixture {
    @Override
    @Trials(parameter = "fixture.trials")
    void observe(@Factor("buffers") String buffer, Trial trial) {
      super.observe(buffer, trial);
      assertThat(buffer).isEqualTo("small");
    }
  }

  @Test
  void aTrialThatFailsItsAssertionIsEvidenceNotAnInvalidRun() throws IOException {
    Outcome outcome = laboratory.run(AssertingTrialCase.class);
    assertThat(outcome.failures()).hasSize(2);
    MechanismVerdict trials = outcome.artifact("assertive").orElseThrow().mechanisms().getLast();
    assertThat(trials.verdict()).isEqualTo(Verdict.FAILED);
    assertThat(trials.statement()).isEqualTo("every trial of observe meets its assertions");
    assertThat(trials.detail()).startsWith("observe large, trial 1 of 2: ");
  }

  @Test
  void aPartOfAnExperimentIsNotPublished() throws IOException {
    Outcome outcome = laboratory.runOnly(HoldingCase.class, "complete", Lab.class);
    assertThat(outcome.skipReasons())
        .containsExactly("a mechanism needs every trial, but observe was not selected");
    assertThat(outcome.artifact("holding")).isEmpty();
  }

  /** Skips the second invocation of a template, as somebody's own condition might. */
  static final class SkipSecond implements ExecutionCondition {
    SkipSecond() {}

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
      return context.getDisplayName().contains("large, trial 1")
          ? ConditionEvaluationResult.disabled("not today")
          : ConditionEvaluationResult.enabled("welcome");
    }
  }

  @Tag("holey")
  @ExtendWith(SkipSecond.class)
  static class SkippedTrialCase extends Fixture {}

  @Test
  void aTrialThatWasSkippedDoesNotCountAsOneThatEnded() throws IOException {
    Outcome outcome = laboratory.run(SkippedTrialCase.class);
    assertThat(outcome.skipReasons())
        .containsExactly(
            "not today", "a mechanism needs every trial, but 1 trials of observe did not run");
    assertThat(outcome.artifact("holey")).isEmpty();
  }

  @Tag("gated")
  static class GatedMechanismCase extends Fixture {
    @Mechanism("what only a tool can tell")
    @Order(2)
    @RequiresTool("a-tool-that-nobody-has")
    void gated() {
      throw new AssertionError("must not run");
    }

    @Trials
    @RequiresTool("a-tool-that-nobody-has")
    void trialsThatNeedTheTool() {
      throw new AssertionError("must not run");
    }
  }

  @Test
  void aClosedGateOnOneMechanismLeavesItNotRunAndSaysWhy() throws IOException {
    Outcome outcome = laboratory.run(GatedMechanismCase.class);
    assertThat(outcome.failures()).isEmpty();
    Artifact artifact = outcome.artifact("gated").orElseThrow();
    assertThat(artifact.verdict()).isEqualTo(Verdict.HOLDS);
    MechanismVerdict gated = artifact.mechanisms().getLast();
    assertThat(gated.verdict()).isEqualTo(Verdict.NOT_RUN);
    assertThat(gated.detail()).contains("a-tool-that-nobody-has is not on the search path");
    assertThat(artifact.gates())
        .singleElement()
        .satisfies(gate -> assertThat(gate.open()).isFalse());
  }

  @Test
  void aStrictRunFailsOnAClosedGate() {
    Outcome outcome =
        laboratory
            .with("socketlab.require", "a-tool-that-nobody-has")
            .run(GatedMechanismCase.class);
    assertThat(outcome.failures())
        .isNotEmpty()
        .allSatisfy(failure ->
            assertThat(failure)
                .contains("demanded by socketlab.require, but a-tool-that-nobody-has is"));
  }

  @Tag("dying")
  static class DyingSubjectCase extends Fixture {
    @Override
    @Trials(parameter = "fixture.trials")
    void observe(@Factor("buffers") String buffer, Trial trial) {
      throw new AssertionError("replaced");
    }

    @Trials
    void withSubject(Lab lab) {
      var subject =
          lab.command("sh", "-c", "echo ready; echo last words; exit 7").readyWhen("ready").start();
      Awaitility.await().until(() -> !subject.isAlive());
      throw new IllegalArgumentException("a symptom");
    }
  }

  @Test
  void aSubjectThatDiesMakesTheRunInvalidAndItsLastWordsAreTold() throws IOException {
    Outcome outcome = laboratory.runOnly(DyingSubjectCase.class, "withSubject", Lab.class);
    assertThat(outcome.failures())
        .singleElement()
        .asString()
        .contains("died during the measurement with exit code 7")
        .contains("last words");
    assertThat(outcome.artifact("dying")).isEmpty();
  }

  @Tag("hanging")
  @PrivateNetwork
  static class HangingCase extends Fixture {
    static volatile long pid;

    @Override
    @Trials
    @Timeout(value = 500, unit = TimeUnit.MILLISECONDS)
    void observe(@Factor("buffers") String buffer, Trial trial) {
      throw new AssertionError("replaced");
    }

    /** Awaitility does not react to an interruption, so the trial cannot be ended. */
    @Trials
    @Timeout(value = 500, unit = TimeUnit.MILLISECONDS)
    void hang(Lab lab) {
      pid = lab.command("sh", "-c", "echo ready; exec sleep 600").readyWhen("ready").start().pid();
      Awaitility.await().atMost(Duration.ofSeconds(8)).until(() -> false);
    }
  }

  @Test
  void aTrialThatHangsIsEndedByItsTimeoutAndLeavesNothing() throws IOException {
    Outcome outcome = laboratory.runOnly(HangingCase.class, "hang", Lab.class);
    assertThat(outcome.failures()).isNotEmpty().first().asString().contains("timed out after 500 ");
    assertThat(outcome.artifact("hanging")).isEmpty();
    assertThat(ProcessHandle.of(HangingCase.pid)).isEmpty();
  }

  @Experiment(title = "t", shows = "s", doesNotShow = "d")
  static class UntaggedCase {
    @Test
    void nothing() {}
  }

  @Tag("one")
  @Tag("two")
  @Experiment(title = "t", shows = "s", doesNotShow = "d")
  static class TwoTagsCase {
    @Test
    void nothing() {}
  }

  @Tag("one")
  @Experiment(name = "other", title = "t", shows = "s", doesNotShow = "d")
  static class WrongNameCase {
    @Test
    void nothing() {}
  }

  @Tag("one")
  @Experiment(
      title = "t",
      shows = {},
      doesNotShow = "d")
  static class SilentCase {
    @Test
    void nothing() {}
  }

  @Tag("one")
  @Experiment(title = "t", shows = "s", doesNotShow = "d")
  static class NoLevelsCase {
    @Trials
    void observe(@Factor("missing") String level) {}

    @Mechanism("holds")
    void holds() {}
  }

  @Test
  void misuseIsExplained() {
    assertThat(laboratory.run(UntaggedCase.class).failures())
        .containsExactly(
            "@Experiment on UntaggedCase: its name is its @Tag, but it has none; add one, or say"
                + " which with `name`");
    assertThat(laboratory.run(TwoTagsCase.class).failures())
        .singleElement()
        .asString()
        .contains("but it has [one, two]");
    assertThat(laboratory.run(WrongNameCase.class).failures())
        .containsExactly(
            "@Experiment on WrongNameCase: `name` = \"other\" is none of its tags [one]; add"
                + " @Tag(\"other\")");
    assertThat(laboratory.run(SilentCase.class).failures())
        .containsExactly(
            "@Experiment on SilentCase: `shows` and `doesNotShow` need at least one statement each");
    assertThat(laboratory.run(NoLevelsCase.class).failures())
        .containsExactly(
            "@Factor(\"missing\") on observe: NoLevelsCase has no method missing() or missing(Lab)");
  }

  @Test
  void aBadParameterStopsTheRunBeforeAnythingStarts() {
    Outcome outcome = laboratory.with("fixture.trials", "0").run(HoldingCase.class);
    assertThat(outcome.started()).isEmpty();
    assertThat(outcome.failures())
        .containsExactly(
            "fixture.trials=0 (JUnit configuration parameter) is out of range; give a whole number"
                + " from 1 to 9 trials (default 2)");
  }

  @Tag("two-ways")
  @Experiment(title = "a fixture", shows = "provenance", doesNotShow = "anything else")
  static class TwoWaysCase {
    List<String> flags() {
      return List.of("-b", "-a");
    }

    @Trials(2)
    void start(@Factor("flags") String flag, Lab lab) {
      lab.command("sh", "-c", "exit 0", flag).start().awaitSuccess(Duration.ofSeconds(10));
    }

    @Mechanism("it starts")
    void starts() {}
  }

  @Test
  @DisabledOnOs(value = OS.WINDOWS, disabledReason = "the subject is a shell")
  void eachWayInWhichASubjectWasStartedIsInTheArtifact() throws IOException {
    Outcome outcome = laboratory.run(TwoWaysCase.class);
    assertThat(outcome.artifact("two_ways").orElseThrow().provenance().subjects())
        .isEqualTo(Map.of("sh", "command sh -c exit 0 -a | command sh -c exit 0 -b"));
  }
}
