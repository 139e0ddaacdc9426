package dev.socketlab.experiment;

import static dev.socketlab.artifact.Column.exact;
import static dev.socketlab.artifact.Column.informational;
import static dev.socketlab.artifact.Column.key;

import dev.socketlab.artifact.MechanismVerdict;
import dev.socketlab.artifact.Table;
import dev.socketlab.artifact.Verdict;
import dev.socketlab.experiment.ControlOutcome.Found;
import dev.socketlab.experiment.Controls.Declared;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Runs the controls of an experiment whose own mechanisms are done, and draws the conclusions. */
final class ControlPhase {

  private static final List<String> PASSED_ON =
      List.of("socketlab.require", "socketlab.progress", Deadline.KEY, Place.PARAMETER.key());

  private final List<ControlOutcome> outcomes = new ArrayList<>();
  private final List<MechanismVerdict> verdicts;

  private ControlPhase(List<MechanismVerdict> verdicts) {
    this.verdicts = verdicts;
  }

  static ControlPhase run(
      ExtensionContext context, ExperimentRun run, List<MechanismVerdict> verdicts) {
    ControlPhase phase = new ControlPhase(verdicts);
    for (Declared control : run.controls()) {
      ControlOutcome outcome = phase.run(context, run, control);
      phase.outcomes.add(outcome);
      run.progress()
          .say(
              "control %s, %s: %s%s"
                  .formatted(
                      control.name(),
                      control.says(),
                      outcome.found(),
                      outcome.detail().isEmpty() ? "" : ", " + outcome.detail()));
    }
    return phase;
  }

  private ControlOutcome run(ExtensionContext context, ExperimentRun run, Declared control) {
    if (run.parameters().get(ControlMode.PARAMETER) == ControlMode.SKIP) {
      return ControlOutcome.notRun(control, ControlMode.PARAMETER.key() + " = skip");
    }
    Optional<MechanismVerdict> unproven =
        verdicts.stream()
            .filter(mechanism -> control.fails().contains(mechanism.statement()))
            .filter(mechanism -> mechanism.verdict() != Verdict.HOLDS)
            .findFirst();
    if (unproven.isPresent()) {
      return ControlOutcome.notRun(
          control,
          "#%s is %s without it"
              .formatted(unproven.get().number(), unproven.get().verdict().label()));
    }
    Map<String, String> configuration = new LinkedHashMap<>();
    for (String key : PASSED_ON) {
      context.getConfigurationParameter(key).ifPresent(value -> configuration.put(key, value));
    }
    configuration.putAll(Controls.parameters(control, run.parameters()));
    Path folder = run.folder().resolve("controls").resolve(control.name());
    String artifact = ExperimentSetup.artifactName(control.mutant(), run.name());
    return ControlOutcome.of(
        control, ControlRun.of(control.mutant(), artifact, folder, configuration));
  }

  /** The verdicts, in which a mechanism is VACUOUS that holds although a control was missed. */
  List<MechanismVerdict> verdicts() {
    return verdicts.stream().map(this::judged).toList();
  }

  private MechanismVerdict judged(MechanismVerdict mechanism) {
    String missed =
        missed().stream()
            .filter(outcome -> outcome.control().concerns(mechanism.statement()))
            .map(ControlPhase::describe)
            .collect(Collectors.joining("; "));
    return missed.isEmpty() || mechanism.verdict() != Verdict.HOLDS
        ? mechanism
        : new MechanismVerdict(
            mechanism.number(),
            mechanism.statement(),
            Verdict.VACUOUS,
            ("it holds, but is not shown to be able to fail: " + missed + "\n" + mechanism.detail())
                .strip());
  }

  private List<ControlOutcome> missed() {
    return outcomes.stream().filter(outcome -> outcome.found() == Found.MISSED).toList();
  }

  private static String describe(ControlOutcome outcome) {
    return "control %s (%s) was missed: %s"
        .formatted(outcome.control().name(), outcome.control().says(), outcome.detail());
  }

  /** The artifact's table of controls; empty where the experiment has none. */
  Optional<Table> table() {
    if (outcomes.isEmpty()) {
      return Optional.empty();
    }
    Table.Builder table =
        Table.named(
            "controls",
            key("mutant"),
            informational("what it does"),
            exact("must fail"),
            exact("outcome"),
            informational("found"));
    for (ControlOutcome outcome : outcomes) {
      table.row(
          outcome.control().name(),
          outcome.control().says(),
          outcome.control().mustBeInvalid() ? "the run" : numbers(outcome.control().fails()),
          outcome.found().toString(),
          outcome.detail());
    }
    long caught = outcomes.stream().filter(outcome -> outcome.found() == Found.CAUGHT).count();
    List<String> without =
        Controls.without(
            outcomes.stream().map(ControlOutcome::control).toList(),
            verdicts.stream().map(MechanismVerdict::statement).toList());
    return Optional.of(
        table
            .note(
                "%s of %s mutants caught%s"
                    .formatted(
                        caught,
                        outcomes.size(),
                        without.isEmpty() ? "" : "; without a control: " + numbers(without)))
            .build());
  }

  private String numbers(Collection<String> statements) {
    return verdicts.stream()
        .filter(mechanism -> statements.contains(mechanism.statement()))
        .map(mechanism -> "#" + mechanism.number())
        .collect(Collectors.joining(", "));
  }

  /** Makes the build red where a control was missed. */
  void failIfMissed() {
    if (!missed().isEmpty()) {
      throw new AssertionError(
          "VACUOUS: "
              + missed().stream().map(ControlPhase::describe).collect(Collectors.joining("\n")));
    }
  }
}
