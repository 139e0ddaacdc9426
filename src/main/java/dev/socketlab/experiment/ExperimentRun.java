package dev.socketlab.experiment;

import dev.socketlab.artifact.Provenance;
import dev.socketlab.artifact.Verdict;
import dev.socketlab.internal.os.OwnThread;
import java.lang.reflect.Method;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;

/**
 * One run of an experiment: what was planned, what came out, and whether it is still valid. Lives
 * in JUnit's store from before the first trial until the class is done.
 */
final class ExperimentRun implements AutoCloseable {

  private static final Namespace NAMESPACE = Namespace.create(ExperimentRun.class);

  private final String name;
  private final Parameters parameters;
  private final Lab lab;
  private final Progress progress;
  private final Provenance provenance;
  private final Instant start;
  private final ExperimentNetwork network;
  private final Budgets budgets;
  private final List<Controls.Declared> controls;
  private final Path folder;
  private final Map<Method, Integer> outstandingTrials = new LinkedHashMap<>();
  private final Map<Method, Outcome> outcomes = new LinkedHashMap<>();
  private final Map<Method, Map<String, Optional<Outcome>>> stated = new LinkedHashMap<>();
  private @Nullable Trial trial;
  private final List<String> invalidTrials = new ArrayList<>();
  private @Nullable String invalid;

  /** What came out of a method; of several invocations, the worst. */
  record Outcome(Verdict verdict, String detail) {}

  ExperimentRun(
      String name,
      Parameters parameters,
      Lab lab,
      Progress progress,
      Provenance provenance,
      Instant start,
      ExperimentNetwork network,
      Budgets budgets,
      List<Controls.Declared> controls,
      Path folder) {
    this.name = name;
    this.parameters = parameters;
    this.lab = lab;
    this.progress = progress;
    this.provenance = provenance;
    this.start = start;
    this.network = network;
    this.budgets = budgets;
    this.controls = controls;
    this.folder = folder;
  }

  static ExperimentRun of(ExtensionContext context) {
    return find(context)
        .orElseThrow(() ->
            new IllegalStateException(
                context.getDisplayName() + " is not in a class with @Experiment"));
  }

  static Optional<ExperimentRun> find(ExtensionContext context) {
    return Optional.ofNullable(
        context.getStore(NAMESPACE).get(ExperimentRun.class, ExperimentRun.class));
  }

  void enter(ExtensionContext classContext) {
    classContext.getStore(NAMESPACE).put(ExperimentRun.class, this);
  }

  String name() {
    return name;
  }

  Parameters parameters() {
    return parameters;
  }

  Lab lab() {
    return lab;
  }

  Progress progress() {
    return progress;
  }

  Provenance provenance() {
    return provenance.withNetwork(network.describe());
  }

  Instant start() {
    return start;
  }

  /** Whether it has a network of its own. */
  boolean isPrivate() {
    return network.isPrivate();
  }

  /** Runs the methods of the experiment. */
  OwnThread thread() {
    return network.thread();
  }

  Budgets budgets() {
    return budgets;
  }

  List<Controls.Declared> controls() {
    return controls;
  }

  /** The experiment's output folder. */
  Path folder() {
    return folder;
  }

  /** Holds what a trial has measured against its budget. */
  void judgeBudget(Method method) {
    Trial current = trial;
    if (current != null) {
      budgets.judge(method, current, lab.takeMeasured());
    }
  }

  void plan(Method trials, int invocations) {
    outstandingTrials.put(trials, invocations);
  }

  /** Whether trials of it have come to an end. */
  boolean hasTrials() {
    return !outstandingTrials.isEmpty();
  }

  void begin(Trial trial) {
    this.trial = trial;
    lab.takeMeasured(); // what an earlier trial left that failed
    progress.started(trial);
  }

  /** Enters what came out of one invocation of a method; a trial that was skipped did not end. */
  void enter(Method method, Outcome outcome) {
    outcomes.merge(method, outcome, ExperimentRun::worse);
    Trial ended = trial;
    if (ended != null && outcome.verdict() == Verdict.NOT_RUN) {
      progress.ended(ended, "skipped: " + outcome.detail());
      trial = null;
    } else if (ended != null) {
      outstandingTrials.merge(method, -1, Integer::sum);
      progress.ended(ended, outcome.verdict() == Verdict.HOLDS ? ended.result() : outcome.detail());
      trial = null;
    }
  }

  /** Plans the mechanisms of a method that has several, by their statements. */
  void planMechanisms(Method method, List<String> statements) {
    Map<String, Optional<Outcome>> planned = new LinkedHashMap<>();
    statements.forEach(statement -> planned.put(statement, Optional.empty()));
    stated.put(method, planned);
  }

  /** Enters what came out of one mechanism of a method that has several. */
  void enter(Method method, String statement, Outcome outcome) {
    stated.getOrDefault(method, new LinkedHashMap<>()).put(statement, Optional.of(outcome));
  }

  /** The mechanisms of a method that has several; empty where it was never expanded. */
  Map<String, Optional<Outcome>> mechanisms(Method method) {
    return stated.getOrDefault(method, Map.of());
  }

  Optional<Outcome> outcome(Method method) {
    return Optional.ofNullable(outcomes.get(method));
  }

  /** How many trials of a method have not come to an end; empty if it was never expanded. */
  Optional<Integer> outstanding(Method trials) {
    return Optional.ofNullable(outstandingTrials.get(trials));
  }

  /** Makes the run invalid; the first reason stands. */
  void invalidate(String reason) {
    if (invalid == null) {
      invalid = reason;
    }
  }

  /** Enters a trial that is invalid by itself. */
  void addInvalidTrial(String reason) {
    invalidTrials.add(reason);
  }

  /** The trials that are invalid while the run is not. */
  List<String> invalidTrials() {
    return invalidTrials;
  }

  Optional<String> invalid() {
    return Optional.ofNullable(invalid);
  }

  @Override
  public void close() {
    network.close();
  }

  private static Outcome worse(Outcome one, Outcome other) {
    return rank(other.verdict()) > rank(one.verdict()) ? other : one;
  }

  private static int rank(Verdict verdict) {
    return switch (verdict) {
      case NOT_RUN -> 0;
      case NOTE -> 1;
      case HOLDS -> 2;
      case INCONCLUSIVE -> 3;
      case VACUOUS -> 4;
      case FAILED -> 5;
    };
  }
}
