package dev.socketlab.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.socketlab.artifact.Artifact;
import dev.socketlab.artifact.MechanismVerdict;
import dev.socketlab.artifact.Verdict;
import dev.socketlab.testkit.Laboratory;
import dev.socketlab.testkit.Laboratory.Outcome;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

@Isolated("its fixtures are experiments, which measure this JVM and its machine")
class ControlsTest {

  private @TempDir Path folder;
  private Laboratory laboratory;

  @BeforeEach
  void openLaboratory() {
    laboratory = new Laboratory(folder);
  }

  /** Sends and receives; mutants override either. */
  @Tag("mail")
  @Experiment(title = "letters", shows = "what arrives", doesNotShow = "when")
  abstract static class Mail {
    static final Parameter<Integer> LETTERS = Parameter.integer("mail.letters", 10, 2, 99);

    private int sent;
    private int received;

    int arriving(int letters) {
      return letters;
    }

    @Trials
    void send(Lab lab) {
      sent = lab.get(LETTERS);
      received = arriving(sent);
    }

    @Mechanism("each letter arrives")
    @Order(1)
    void arrives() {
      assertThat(received).isGreaterThanOrEqualTo(sent);
    }

    @Mechanism("no letter is copied")
    @Order(2)
    void notCopied() {
      assertThat(received).isLessThanOrEqualTo(sent);
    }
  }

  static class CaughtCase extends Mail {
    @Control(value = "loses the seventh letter", fails = "arrives")
    static class Loses extends CaughtCase {
      @Override
      int arriving(int letters) {
        return letters - 1;
      }
    }

    @Control(value = "copies a letter", fails = "notCopied")
    static class Copies extends CaughtCase {
      @Override
      int arriving(int letters) {
        return letters + 1;
      }
    }
  }

  @Test
  void mutantsThatAreCaughtStandInTheArtifactAndPublishNothing() throws IOException {
    Outcome outcome = laboratory.run(CaughtCase.class);
    assertThat(outcome.failures()).isEmpty();
    Artifact artifact = outcome.artifact("mail").orElseThrow();
    assertThat(artifact.verdict()).isEqualTo(Verdict.HOLDS);
    assertThat(artifact.toText())
        .containsPattern("Copies +copies a letter +#2 +CAUGHT")
        .containsPattern("Loses +loses the seventh letter +#1 +CAUGHT")
        .contains("2 of 2 mutants caught")
        .doesNotContain("without a control");
    assertThat(folder.resolve("output/mail/controls/Loses/mail.json")).isNotEmptyFile();
    assertThat(laboratory.results().toFile().list())
        .containsExactlyInAnyOrder("mail.json", "mail.txt");
  }

  static class MissedCase extends Mail {
    @Control(value = "does nothing", fails = "arrives")
    static class Honest extends MissedCase {}
  }

  @Test
  void aControlThatPassesMakesItsMechanismVacuousAndTheBuildRed() throws IOException {
    Outcome outcome = laboratory.run(MissedCase.class);
    assertThat(outcome.failures())
        .containsExactly(
            "VACUOUS: control Honest (does nothing) was missed: \"each letter arrives\" did not"
                + " fail");
    Artifact artifact = outcome.artifact("mail").orElseThrow();
    assertThat(artifact.verdict()).isEqualTo(Verdict.VACUOUS);
    assertThat(artifact.mechanisms())
        .extracting(MechanismVerdict::verdict)
        .containsExactly(Verdict.VACUOUS, Verdict.HOLDS);
    assertThat(artifact.toText())
        .contains("verdict: VACUOUS (1 of 2 mechanisms hold; vacuous: #1)")
        .contains("it holds, but is not shown to be able to fail: control Honest (does nothing)")
        .contains("0 of 1 mutants caught; without a control: #2");
  }

  static class TooMuchCase extends Mail {
    private int least;

    @Override
    int arriving(int letters) {
      least = letters;
      return letters;
    }

    int eaten() {
      least = 0;
      return 0;
    }

    @Mechanism("at least two letters arrive")
    @Order(3)
    void two() {
      assertThat(least).isGreaterThanOrEqualTo(2);
    }

    @Control(value = "loses all", fails = "arrives")
    static class EatsAll extends TooMuchCase {
      @Override
      int arriving(int letters) {
        return eaten();
      }
    }
  }

  static class AllowedCase extends TooMuchCase {
    @Control(value = "loses all", fails = "arrives", mayFail = "two")
    static class Eats extends AllowedCase {
      @Override
      int arriving(int letters) {
        return eaten();
      }
    }
  }

  @Test
  void aControlThatTurnsMoreRedThanItNamesIsMissedUnlessItMay() throws IOException {
    Outcome outcome = laboratory.run(TooMuchCase.class);
    assertThat(outcome.failures())
        .singleElement()
        .asString()
        .contains("was missed: \"at least two letters arrive\" failed too");
    assertThat(outcome.artifact("mail").orElseThrow().verdict()).isEqualTo(Verdict.VACUOUS);
    assertThat(laboratory.run(AllowedCase.class).failures()).isEmpty();
  }

  static class BrokenCase extends Mail {
    @Control(value = "breaks down", fails = "arrives")
    static class BreaksDown extends BrokenCase {
      @Override
      int arriving(int letters) {
        throw new IllegalStateException("the post office is closed");
      }
    }
  }

  @Test
  void aControlWhoseRunIsInvalidProvesNothing() throws IOException {
    Outcome outcome = laboratory.run(BrokenCase.class);
    assertThat(outcome.failures())
        .singleElement()
        .asString()
        .contains("its run was invalid: the post office is closed");
    assertThat(outcome.artifact("mail").orElseThrow().verdict()).isEqualTo(Verdict.VACUOUS);
  }

  static class UnresolvedCase extends Mail {
    @Control(value = "cannot tell", fails = "arrives")
    static class CannotTell extends UnresolvedCase {
      @Override
      @Mechanism("each letter arrives")
      @Order(1)
      void arrives() {
        throw new Inconclusive("it is dark");
      }
    }
  }

  @Test
  void aControlThatCouldNotResolveItIsNotRun() throws IOException {
    Outcome outcome = laboratory.run(UnresolvedCase.class);
    assertThat(outcome.failures()).isEmpty();
    Artifact artifact = outcome.artifact("mail").orElseThrow();
    assertThat(artifact.verdict()).isEqualTo(Verdict.HOLDS);
    assertThat(artifact.toText())
        .contains("NOT RUN")
        .contains("with it, \"each letter arrives\" is INCONCLUSIVE");
  }

  static class FailingCase extends Mail {
    @Override
    int arriving(int letters) {
      return letters - 1;
    }

    @Control(value = "loses another", fails = "arrives")
    static class LosesMore extends FailingCase {}
  }

  @Test
  void aMechanismThatFailsByItselfNeedsNoControl() throws IOException {
    Outcome outcome = laboratory.run(FailingCase.class);
    Artifact artifact = outcome.artifact("mail").orElseThrow();
    assertThat(outcome.failures()).singleElement().asString().doesNotContain("VACUOUS");
    assertThat(artifact.verdict()).isEqualTo(Verdict.FAILED);
    assertThat(artifact.toText()).contains("#1 is FAILED without it");
  }

  @Test
  void controlsCanBeLeftOutAndTheArtifactSaysSo() throws IOException {
    Outcome outcome = laboratory.with("socketlab.controls", "skip").run(MissedCase.class);
    assertThat(outcome.failures()).isEmpty();
    assertThat(outcome.artifact("mail").orElseThrow().toText())
        .contains("NOT RUN")
        .contains("socketlab.controls = skip")
        .contains("0 of 1 mutants caught");
  }

  static class ShortenedCase extends Mail {
    @Control(value = "loses the second of two", fails = "arrives", with = "mail.letters=2")
    static class LosesTheSecond extends ShortenedCase {
      @Override
      int arriving(int letters) {
        return letters == 2 ? 1 : letters;
      }
    }
  }

  @Test
  void aControlMayHaveParametersOfItsOwnAndKeepsTheOthers() throws IOException {
    assertThat(laboratory.run(ShortenedCase.class).failures()).isEmpty();
    Outcome outcome = laboratory.with("mail.letters", "4").run(CaughtCase.class);
    assertThat(outcome.failures()).isEmpty();
    assertThat(folder.resolve("output/mail/controls/Loses/mail.json"))
        .content()
        .contains("\"value\": \"4\"");
  }

  /** A second load, which the control does without. */
  static class ParcelsCase extends Mail {
    private int parcels;

    @Trials
    void parcels() {
      parcels++;
    }

    @Mechanism("parcels are sent as well")
    @Order(3)
    void parcelsAreSent() {
      assertThat(parcels).isPositive();
    }

    @Control(
        value = "loses a letter",
        fails = "arrives",
        mayFail = "parcelsAreSent",
        trials = "send")
    static class LosesALetter extends ParcelsCase {
      @Override
      int arriving(int letters) {
        return letters - 1;
      }
    }

    @Control(value = "sends no parcels", fails = "parcelsAreSent", trials = "send")
    static class WithoutParcels extends ParcelsCase {}
  }

  @Test
  void aControlMayDoWithoutSomeOfTheTrials() throws IOException {
    Outcome outcome = laboratory.run(ParcelsCase.class);
    assertThat(outcome.failures()).isEmpty();
    assertThat(outcome.artifact("mail").orElseThrow().toText())
        .containsPattern("LosesALetter +loses a letter +#1 +CAUGHT")
        .containsPattern("WithoutParcels +sends no parcels +#3 +CAUGHT");
  }

  static class RefusingCase extends Mail {
    @Control(
        value = "breaks down",
        fails = {},
        invalidates = "the post office is closed")
    static class BreaksDown extends RefusingCase {
      @Override
      int arriving(int letters) {
        throw new IllegalStateException("today the post office is closed");
      }
    }
  }

  @Test
  void aControlMayHaveToMakeTheRunInvalid() throws IOException {
    Outcome outcome = laboratory.run(RefusingCase.class);
    assertThat(outcome.failures()).isEmpty();
    Artifact artifact = outcome.artifact("mail").orElseThrow();
    assertThat(artifact.verdict()).isEqualTo(Verdict.HOLDS);
    assertThat(artifact.toText())
        .containsPattern("BreaksDown +breaks down +the run +CAUGHT")
        .contains("1 of 1 mutants caught; without a control: #1, #2");
    assertThat(folder.resolve("output/mail/controls/BreaksDown/mail.json")).doesNotExist();
  }

  static class ToleratedCase extends Mail {
    @Control(
        value = "loses a letter",
        fails = {},
        invalidates = "the post office is closed")
    static class Loses extends ToleratedCase {
      @Override
      int arriving(int letters) {
        return letters - 1;
      }
    }
  }

  static class OtherwiseInvalidCase extends Mail {
    @Control(
        value = "breaks down",
        fails = {},
        invalidates = "the post office is closed")
    static class BreaksDown extends OtherwiseInvalidCase {
      @Override
      int arriving(int letters) {
        throw new IllegalStateException("the postman is ill");
      }
    }
  }

  @Test
  void whereItDoesNotNoMechanismIsBelieved() throws IOException {
    Outcome valid = laboratory.run(ToleratedCase.class);
    assertThat(valid.failures())
        .containsExactly("VACUOUS: control Loses (loses a letter) was missed: its run was valid");
    assertThat(valid.artifact("mail").orElseThrow().mechanisms())
        .extracting(MechanismVerdict::verdict)
        .containsExactly(Verdict.VACUOUS, Verdict.VACUOUS);
    Outcome otherwise = laboratory.run(OtherwiseInvalidCase.class);
    assertThat(otherwise.failures())
        .singleElement()
        .asString()
        .contains("was missed: its run was invalid: the postman is ill");
    assertThat(otherwise.artifact("mail").orElseThrow().verdict()).isEqualTo(Verdict.VACUOUS);
  }

  @Test
  void aMutantDoesNotRunByItself() {
    Outcome outcome = laboratory.run(MissedCase.Honest.class);
    assertThat(outcome.started()).isEmpty();
    assertThat(outcome.skipReasons()).containsExactly("a control; it runs with its experiment");
  }

  @Control(value = "never runs", fails = "arrives")
  static class Stray extends CaughtCase {}

  static class MisspeltCase extends Mail {
    @Control(value = "loses", fails = "arives")
    static class Loses extends MisspeltCase {}
  }

  static class ParameterCase extends Mail {
    @Control(value = "loses", fails = "arrives", with = "mail.leters=2")
    static class Loses extends ParameterCase {}
  }

  static class RangeCase extends Mail {
    @Control(value = "loses", fails = "arrives", with = "mail.letters=1")
    static class Loses extends RangeCase {}
  }

  static class ForeignCase extends Mail {
    @Control(value = "loses", fails = "arrives")
    static class Loses extends CaughtCase {}
  }

  static class UnannotatedCase extends Mail {
    @Control(value = "forgets", fails = "arrives")
    static class Forgets extends UnannotatedCase {
      @Override
      void arrives() {
        throw new AssertionError("nobody runs it");
      }
    }
  }

  static class VagueCase extends Mail {
    @Control(
        value = "loses",
        fails = {})
    static class Loses extends VagueCase {}
  }

  static class BothCase extends Mail {
    @Control(value = "loses", fails = "arrives", invalidates = "lost")
    static class Loses extends BothCase {}
  }

  static class LeftOutCase extends Mail {
    @Trials
    @SyscallsPerOperation(operation = "letter", budget = @Calls(of = "write", exactly = 1))
    void trace() {}

    @Control(value = "writes twice", fails = "trace", trials = "send")
    static class WritesTwice extends LeftOutCase {}
  }

  static class NoTrialsCase extends Mail {
    @Control(value = "loses", fails = "arrives", trials = "arrives")
    static class Loses extends NoTrialsCase {}
  }

  @Test
  void aBadDeclarationStopsTheRunBeforeAnythingStarts() {
    refused(Stray.class, "@Control on Stray: it must be a static class nested in the experiment");
    refused(
        MisspeltCase.class,
        "@Control on Loses: `fails` = \"arives\" is no mechanism of the experiment; its mechanisms"
            + " are the methods [arrives, notCopied]");
    refused(
        ParameterCase.class,
        "`with` = \"mail.leters=2\" is no assignment to a parameter of the experiment; it has"
            + " mail.letters");
    refused(RangeCase.class, "mail.letters=1 (JUnit configuration parameter) is out of range");
    refused(ForeignCase.class, "it must extend ForeignCase, and be static");
    refused(
        UnannotatedCase.class,
        "@Control on Forgets: it overrides [@Mechanism arrives] without the annotations");
    refused(VagueCase.class, "say in `value` what it breaks, and in `fails` what must notice");
    refused(
        BothCase.class, "in a run that it `invalidates` no mechanism fails; leave `fails` empty");
    refused(LeftOutCase.class, "`fails` = \"trace\", which `trials` leaves out; add it there");
    refused(
        NoTrialsCase.class,
        "`trials` = \"arrives\" is no method with @Trials of the experiment; it has [send]");
  }

  private void refused(Class<?> fixture, String message) {
    Outcome outcome = laboratory.run(fixture);
    assertThat(outcome.started()).isEmpty();
    assertThat(outcome.failures()).singleElement().asString().contains(message);
  }
}
