package dev.socketlab.experiment;

import dev.socketlab.artifact.Artifact;
import dev.socketlab.artifact.MechanismVerdict;
import dev.socketlab.artifact.Provenance;
import dev.socketlab.artifact.Verdict;
import dev.socketlab.artifact.internal.ArtifactBuilder;
import dev.socketlab.artifact.internal.Publication;
import dev.socketlab.artifact.internal.ToolVersion;
import dev.socketlab.experiment.ExperimentRun.Outcome;
import dev.socketlab.gate.GateFinding;
import dev.socketlab.gate.internal.GateLedger;
import dev.socketlab.internal.os.TimeOut;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.MediaType;
import org.junit.jupiter.api.extension.ExtensionContext;

/** What happens after the last mechanism: verdicts are collected and the artifact is published. */
final class ExperimentConclusion {

  private static final String RESULTS_KEY = "socketlab.results";

  /** What was typed, where that was no build. */
  private static final String COMMAND_KEY = "socketlab.command";

  private static final String NOT_SELECTED = "not selected in this run";

  private final ExtensionContext context;
  private final ExperimentRun run;
  private final Class<?> type;

  ExperimentConclusion(ExtensionContext context, ExperimentRun run) {
    this.context = context;
    this.run = run;
    this.type = context.getRequiredTestClass();
  }

  /** Publishes the artifact of a complete, valid run; says why not otherwise. */
  void publish() {
    Optional<String> invalid = run.invalid();
    if (invalid.isPresent()) {
      run.progress().say("INVALID, no artifact is written: " + invalid.get());
      return;
    }
    List<MechanismVerdict> verdicts = verdicts();
    Optional<String> missing = missingTrials(context, run).or(() -> unselected(verdicts));
    if (missing.isPresent()) {
      run.progress().say("PARTIAL, no artifact is written: " + missing.get());
      return;
    }
    ControlPhase controls = ControlPhase.run(context, run, verdicts);
    Artifact artifact = artifact(controls);
    Path folder = Path.of(context.getConfigurationParameter(RESULTS_KEY).orElse("target/results"));
    Publication.guarded().publish(artifact, folder);
    if (Controls.current(context).isEmpty()) {
      attach(artifact, folder);
    }
    announce(artifact, folder);
    controls.failIfMissed();
  }

  /** Names the trials that this run has left out; empty where all have come to an end. */
  static Optional<String> missingTrials(ExtensionContext context, ExperimentRun run) {
    GateLedger gates = GateLedger.of(context);
    for (Method trials : ExperimentMethods.of(context.getRequiredTestClass()).trials()) {
      Optional<Integer> outstanding = run.outstanding(trials);
      if (outstanding.isEmpty() && gates.closedOn(trials).isEmpty()) {
        return Optional.of(trials.getName() + " was not selected");
      }
      if (outstanding.orElse(0) > 0) {
        return Optional.of(
            outstanding.orElse(0) + " trials of " + trials.getName() + " did not run");
      }
    }
    return Optional.empty();
  }

  private static Optional<String> unselected(List<MechanismVerdict> verdicts) {
    return verdicts.stream()
        .filter(verdict -> verdict.detail().equals(NOT_SELECTED))
        .map(verdict -> "\"" + verdict.statement() + "\" was not selected")
        .findFirst();
  }

  private List<MechanismVerdict> verdicts() {
    ExperimentMethods methods = ExperimentMethods.of(type);
    List<MechanismVerdict> verdicts = new ArrayList<>();
    for (Method method : methods.mechanisms()) {
      if (!run.mechanisms(method).isEmpty()) {
        run.mechanisms(method)
            .forEach((statement, outcome) -> {
              Outcome known = outcome.orElseGet(() -> notRun(method));
              verdicts.add(
                  new MechanismVerdict(
                      verdicts.size() + 1, statement, known.verdict(), known.detail()));
            });
        continue;
      }
      Outcome outcome = run.outcome(method).orElseGet(() -> notRun(method));
      verdicts.add(
          new MechanismVerdict(
              verdicts.size() + 1,
              ExperimentMethods.statement(method),
              outcome.verdict(),
              outcome.detail()));
    }
    for (Method budgeted : run.budgets().methods()) {
      Outcome outcome = run.budgets().outcome(budgeted).orElseGet(() -> unjudged(budgeted));
      verdicts.add(
          new MechanismVerdict(
              verdicts.size() + 1,
              run.budgets().statement(budgeted),
              outcome.verdict(),
              outcome.detail()));
    }
    for (Method trials : methods.trials()) {
      run.outcome(trials)
          .filter(outcome -> outcome.verdict() == Verdict.FAILED)
          .ifPresent(outcome ->
              verdicts.add(
                  MechanismVerdict.failed(
                      verdicts.size() + 1,
                      "every trial of " + trials.getName() + " meets its assertions",
                      outcome.detail())));
    }
    return verdicts.stream().map(this::asFarAsTrialsWere).toList();
  }

  /** Over trials that are not all there, nothing holds. */
  private MechanismVerdict asFarAsTrialsWere(MechanismVerdict mechanism) {
    int invalid = run.invalidTrials().size();
    return invalid == 0 || mechanism.verdict() != Verdict.HOLDS
        ? mechanism
        : new MechanismVerdict(
            mechanism.number(),
            mechanism.statement(),
            Verdict.INCONCLUSIVE,
            ("would hold, but trials were invalid: " + invalid + "\n" + mechanism.detail())
                .strip());
  }

  /** A trial whose own assertion fails is not held against its budget. */
  private Outcome unjudged(Method budgeted) {
    return run.outcome(budgeted)
        .filter(outcome -> outcome.verdict() == Verdict.FAILED)
        .map(_ -> new Outcome(Verdict.NOT_RUN, "no trial met its own assertions"))
        .orElseGet(() -> notRun(budgeted));
  }

  private Outcome notRun(Method method) {
    if (Controls.leavesOut(type, method)) {
      return new Outcome(Verdict.NOT_RUN, "the control does without these trials");
    }
    List<GateFinding> closed = GateLedger.of(context).closedOn(method);
    return new Outcome(
        Verdict.NOT_RUN, closed.isEmpty() ? NOT_SELECTED : closed.getFirst().reason());
  }

  private Artifact artifact(ControlPhase controls) {
    Experiment definition = ExperimentSetup.definition(type);
    Report report = run.lab().report();
    run.budgets().report(report);
    ArtifactBuilder builder =
        Artifact.named(ExperimentSetup.artifactName(type, run.name()))
            .experiment(run.name())
            .title(definition.title())
            .command(command())
            .date(run.start())
            .provenance(provenance(report))
            .mechanisms(controls.verdicts())
            .gates(gates())
            .parameters(run.parameters().values().map(ExperimentConclusion::line).toList());
    report.tables().forEach(builder::table);
    controls.table().ifPresent(builder::table);
    run.invalidTrials().forEach(builder::invalidTrial);
    report.plots().forEach(builder::plot);
    report.howToRead().forEach(builder::howToRead);
    report.notes().forEach(builder::note);
    if (TimeOut.factor() > 1) {
      builder.note(TimeOut.describe());
    }
    List.of(definition.shows()).forEach(builder::shows);
    List.of(definition.doesNotShow()).forEach(builder::doesNotShow);
    return builder.build();
  }

  private Provenance provenance(Report report) {
    Provenance provenance = run.provenance();
    for (Map.Entry<String, String> subject : run.lab().subjects().entrySet()) {
      provenance = provenance.withSubject(subject.getKey(), subject.getValue());
    }
    for (String program : run.lab().programs()) {
      provenance = provenance.withTool(ToolVersion.byContent(program));
    }
    for (String tool : report.tools()) {
      provenance = provenance.withTool(ToolVersion.of(tool));
    }
    return provenance;
  }

  private String command() {
    return context.getConfigurationParameter(COMMAND_KEY).orElseGet(this::mavenCommand);
  }

  private String mavenCommand() {
    StringBuilder command = new StringBuilder("mvn -Dgroups=").append(run.name());
    run.parameters()
        .values()
        .filter(value -> value.origin() != Origin.DEFAULT)
        .forEach(value ->
            command
                .append(" '-D")
                .append(value.parameter().key())
                .append('=')
                .append(value.text())
                .append('\''));
    context
        .getConfigurationParameter("socketlab.kernel")
        .ifPresent(kernel -> command.append(" '-Dsocketlab.kernel=").append(kernel).append('\''));
    return command.append(" verify").toString();
  }

  private List<Artifact.GateLine> gates() {
    return GateLedger.of(context).checks(type).stream()
        .map(check ->
            new Artifact.GateLine(
                check.gate(), run.name(), check.finding().open(), check.finding().reason()))
        .toList();
  }

  private static <T> Artifact.ParameterLine line(Parameters.Value<T> value) {
    Parameter<T> parameter = value.parameter();
    return new Artifact.ParameterLine(
        parameter.key(),
        value.text(),
        parameter.unit(),
        value.origin().describe(parameter),
        parameter.doc());
  }

  private void attach(Artifact artifact, Path folder) {
    attach(artifact.textFileName(), MediaType.TEXT_PLAIN_UTF_8, folder);
    attach(artifact.jsonFileName(), MediaType.APPLICATION_JSON, folder);
  }

  private void attach(String file, MediaType mediaType, Path folder) {
    context.publishFile(
        file,
        mediaType,
        copy -> Files.copy(folder.resolve(file), copy, StandardCopyOption.REPLACE_EXISTING));
  }

  private void announce(Artifact artifact, Path folder) {
    for (MechanismVerdict mechanism : artifact.mechanisms()) {
      run.progress()
          .say(
              "%-12s  %d %s"
                  .formatted(
                      mechanism.verdict().label(), mechanism.number(), mechanism.statement()));
    }
    run.progress()
        .say(
            "verdict "
                + artifact.verdict().label()
                + (artifact.isPartial() ? ", PARTIAL" : "")
                + ", see "
                + Path.of("")
                    .toAbsolutePath()
                    .relativize(folder.resolve(artifact.textFileName()).toAbsolutePath()));
  }
}
