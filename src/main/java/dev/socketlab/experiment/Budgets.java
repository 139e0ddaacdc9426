package dev.socketlab.experiment;

import dev.socketlab.artifact.Cell;
import dev.socketlab.artifact.Column;
import dev.socketlab.artifact.Table;
import dev.socketlab.artifact.Verdict;
import dev.socketlab.experiment.ExperimentRun.Outcome;
import dev.socketlab.trace.SyscallMix;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;

/** The budgets of an experiment, and what each trial that has one was found to spend. */
final class Budgets {

  private static final Cell ABSENT = Cell.notAvailable("this kernel does not count it");

  private final Map<Method, List<Budget>> declared = new LinkedHashMap<>();
  private final Map<Method, Map<String, BudgetCheck>> checks = new LinkedHashMap<>();

  private Budgets() {}

  static Budgets of(Class<?> experiment) {
    Budgets budgets = new Budgets();
    ExperimentMethods methods = ExperimentMethods.of(experiment);
    Stream.concat(methods.trials().stream(), methods.mechanisms().stream())
        .forEach(method -> {
          List<Budget> found = Budget.of(method);
          if (!found.isEmpty()) {
            budgets.declared.put(method, found);
          }
        });
    for (BudgetKind kind : BudgetKind.values()) {
      requireDistinct(kind, experiment, budgets.operations(kind));
    }
    requireOwnNetwork(experiment, budgets.operations(BudgetKind.COUNTERS));
    return budgets;
  }

  private List<String> operations(BudgetKind kind) {
    return declared.values().stream()
        .map(List::getFirst)
        .filter(budget -> budget.kind() == kind)
        .map(Budget::operation)
        .toList();
  }

  private static void requireDistinct(
      BudgetKind kind, Class<?> experiment, List<String> operations) {
    if (operations.stream().distinct().count() < operations.size()) {
      throw new ExtensionConfigurationException(
          "%s in %s: two methods have the same `operation`, of %s"
              .formatted(kind.annotation(), experiment.getSimpleName(), operations));
    }
  }

  private static void requireOwnNetwork(Class<?> experiment, List<String> operations) {
    if (!operations.isEmpty() && ExperimentNetwork.wanted(experiment).isEmpty()) {
      throw new ExtensionConfigurationException(
          "@CountersPerOperation in %s: counters are those of a network, not of a subject; add @PrivateNetwork to the class, so that it counts nothing else"
              .formatted(experiment.getSimpleName()));
    }
  }

  /** The methods that have a budget. */
  Set<Method> methods() {
    return declared.keySet();
  }

  String statement(Method method) {
    Budget budget = declared.getOrDefault(method, List.of()).getFirst();
    return budget.kind().statement(budget.operation());
  }

  /** What a method's budgets are declared by, as a user writes it. */
  String annotation(Method method) {
    return declared.getOrDefault(method, List.of()).getFirst().kind().annotation();
  }

  /** Judges what a trial has measured; throws where that is not in its budget. */
  void judge(Method method, Trial trial, List<Measured> all) {
    List<Budget> budgets = declared.get(method);
    if (budgets == null) {
      return;
    }
    BudgetKind kind = budgets.getFirst().kind();
    List<Measured> measured = all.stream().filter(mix -> mix.kind() == kind).toList();
    if (measured.size() != 1) {
      throw Budget.wrong(
          kind,
          method,
          "the trial must measure once by %s.perOperation(…), but it measured %d times"
              .formatted(kind.measuredBy(), measured.size()));
    }
    BudgetCheck check = BudgetCheck.of(at(method, budgets, trial.levels()), measured.getFirst());
    checks
        .computeIfAbsent(method, _ -> new LinkedHashMap<>())
        .merge(String.join(" ", trial.levels()), check, Budgets::worse);
    if (!check.keeps()) {
      throw new BudgetExceeded(check.text());
    }
  }

  /**
   * Refuses budgets of which one is for no trial, or not exactly one for each. A class that extends
   * an experiment, as controls do, may have fewer levels, and budgets of those that it does
   * without.
   */
  void requireFit(Class<?> type, Method method, List<List<String>> levelsOfTrials) {
    List<Budget> budgets = declared.getOrDefault(method, List.of());
    if (budgets.isEmpty()) {
      return;
    }
    levelsOfTrials.forEach(levels -> at(method, budgets, levels));
    Class<?> declaring = method.getDeclaringClass();
    boolean extendsExperiment =
        declaring != type && declaring.isAnnotationPresent(Experiment.class);
    for (Budget budget : budgets) {
      if (!extendsExperiment
          && !budget.at().isEmpty()
          && levelsOfTrials.stream().noneMatch(levels -> levels.contains(budget.at()))) {
        throw Budget.wrong(
            budget.kind(),
            method,
            "no trial is `at` = \"%s\"; its levels are %s".formatted(budget.at(), levelsOfTrials));
      }
    }
  }

  private static Budget at(Method method, List<Budget> budgets, List<String> levels) {
    List<Budget> fitting =
        budgets.stream()
            .filter(budget -> budget.at().isEmpty() || levels.contains(budget.at()))
            .toList();
    if (fitting.size() != 1) {
      throw Budget.wrong(
          budgets.getFirst().kind(),
          method,
          "%d budgets are for the levels %s; their `at` are %s"
              .formatted(fitting.size(), levels, budgets.stream().map(Budget::at).toList()));
    }
    return fitting.getFirst();
  }

  /** Of several trials at one level, one that is not in its budget is shown. */
  private static BudgetCheck worse(BudgetCheck one, BudgetCheck other) {
    return one.keeps() && one.undecided().isEmpty() ? other : one;
  }

  /** The verdict on a budget; empty where no trial has been judged. */
  Optional<Outcome> outcome(Method method) {
    Map<String, BudgetCheck> found = checks.getOrDefault(method, Map.of());
    if (found.isEmpty()) {
      return Optional.empty();
    }
    Optional<Outcome> failed =
        found.values().stream()
            .filter(check -> !check.keeps())
            .findFirst()
            .map(check -> new Outcome(Verdict.FAILED, check.summary()));
    Optional<Outcome> inconclusive =
        found.values().stream()
            .flatMap(check -> check.undecided().stream())
            .findFirst()
            .map(reason -> new Outcome(Verdict.INCONCLUSIVE, reason));
    return failed
        .or(() -> inconclusive)
        .or(() -> Optional.of(new Outcome(Verdict.HOLDS, evidence(found))));
  }

  private static String evidence(Map<String, BudgetCheck> found) {
    return found.entrySet().stream()
        .map(entry ->
            (entry.getKey().isEmpty() ? "" : entry.getKey() + ": ") + entry.getValue().evidence())
        .collect(Collectors.joining("; "));
  }

  /** The budget, what was counted, and what counting it changed. */
  void report(Report report) {
    Map<String, SyscallMix> traced = new LinkedHashMap<>();
    checks.forEach((method, found) -> {
      Budget budget = found.values().iterator().next().budget();
      report.table(table(budget, found));
      found.forEach((levels, check) -> {
        String title = budget.kind().title() + " per " + budget.operation();
        report.table(check.measured().table(title + (levels.isEmpty() ? "" : ", " + levels)));
        if (check.measured() instanceof MeasuredCalls calls) {
          report.tool(calls.mix().tracer().program());
          traced.put((method.getName() + " " + levels).strip(), calls.mix());
        }
      });
    });
    if (!traced.isEmpty()) {
      report.table(MixTables.perturbation("what the tracer changed", traced));
    }
  }

  private static Table table(Budget budget, Map<String, BudgetCheck> found) {
    boolean hasLevels = found.keySet().stream().anyMatch(levels -> !levels.isEmpty());
    String unit = budget.kind().unit();
    List<Column> columns =
        List.of(
            Column.key("at"),
            Column.key(budget.kind().noun()),
            Column.exact("budget").in(unit),
            Column.exact("measured")
                .in(unit)
                .meaning("where a whole number was asked for, or none"),
            Column.informational("per operation").in(unit),
            Column.informational("difference").in(unit),
            Column.exact("verdict"),
            Column.informational("because"));
    Table.Builder table =
        Table.named(
            "budget of " + budget.kind().title() + " per " + budget.operation(),
            hasLevels ? columns : columns.subList(1, columns.size()));
    for (Map.Entry<String, BudgetCheck> entry : found.entrySet()) {
      for (BudgetCheck.Row row : entry.getValue().rows()) {
        List<Object> cells = new ArrayList<>();
        if (hasLevels) {
          cells.add(entry.getKey());
        }
        cells.add(row.name());
        cells.add(row.budget());
        cells.add(measured(row));
        cells.add(row.slope().map(slope -> Cell.decimal(slope.perOperation(), 3)).orElse(ABSENT));
        cells.add(row.differenceText());
        cells.add(row.finding().toString());
        cells.add(row.because());
        table.row(cells.toArray());
      }
    }
    return table.note(found.values().iterator().next().measured().remark()).build();
  }

  private static Cell measured(BudgetCheck.Row row) {
    if (!row.exact()) {
      return Cell.notAvailable("only bounded");
    }
    return row.slope()
        .map(slope ->
            slope.whole().isPresent()
                ? Cell.whole(slope.nearestInteger())
                : Cell.decimal(slope.perOperation(), 3))
        .orElse(ABSENT);
  }
}
