package dev.socketlab.experiment;

import dev.socketlab.artifact.Artifact;
import dev.socketlab.artifact.MechanismVerdict;
import dev.socketlab.artifact.Verdict;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What came of a control.
 *
 * @param found caught, missed or not run
 * @param detail what was seen; empty where all is as declared
 */
record ControlOutcome(Controls.Declared control, Found found, String detail) {

  enum Found {
    /** Exactly the declared mechanisms failed, or the run was invalid as declared. */
    CAUGHT("CAUGHT"),
    /** They did not, or others did, or the run was invalid. */
    MISSED("MISSED"),
    /** It was left out, or could not run. */
    NOT_RUN("NOT RUN");

    private final String label;

    Found(String label) {
      this.label = label;
    }

    @Override
    public String toString() {
      return label;
    }
  }

  static ControlOutcome notRun(Controls.Declared control, String why) {
    return new ControlOutcome(control, Found.NOT_RUN, why);
  }

  static ControlOutcome of(Controls.Declared control, ControlRun run) {
    if (run.artifact().isPresent()) {
      return control.mustBeInvalid()
          ? new ControlOutcome(control, Found.MISSED, "its run was valid")
          : of(control, run.artifact().get());
    }
    if (run.failures().isEmpty()) {
      return notRun(
          control, run.skipped().isEmpty() ? "it published nothing" : run.skipped().getFirst());
    }
    boolean asDeclared =
        control.mustBeInvalid()
            && run.failures().stream().allMatch(failure -> failure.contains(control.invalidates()));
    return asDeclared
        ? new ControlOutcome(control, Found.CAUGHT, "")
        : new ControlOutcome(
            control, Found.MISSED, "its run was invalid: " + run.failures().getFirst());
  }

  private static ControlOutcome of(Controls.Declared control, Artifact artifact) {
    List<String> odd = new ArrayList<>();
    for (String statement : control.fails()) {
      Verdict verdict = verdict(artifact, statement);
      if (verdict == Verdict.INCONCLUSIVE || verdict == Verdict.NOT_RUN) {
        return notRun(control, "with it, \"" + statement + "\" is " + verdict.label());
      }
      if (verdict != Verdict.FAILED) {
        odd.add("\"" + statement + "\" did not fail");
      }
    }
    for (MechanismVerdict mechanism : artifact.mechanisms()) {
      if (mechanism.verdict() == Verdict.FAILED
          && !expected(control).contains(mechanism.statement())) {
        odd.add("\"" + mechanism.statement() + "\" failed too");
      }
    }
    return odd.isEmpty()
        ? new ControlOutcome(control, Found.CAUGHT, "")
        : new ControlOutcome(control, Found.MISSED, String.join("; ", odd));
  }

  private static Set<String> expected(Controls.Declared control) {
    Set<String> expected = new HashSet<>(control.fails());
    expected.addAll(control.mayFail());
    return expected;
  }

  private static Verdict verdict(Artifact artifact, String statement) {
    return artifact.mechanisms().stream()
        .filter(mechanism -> mechanism.statement().equals(statement))
        .map(MechanismVerdict::verdict)
        .findFirst()
        .orElse(Verdict.NOT_RUN);
  }
}
