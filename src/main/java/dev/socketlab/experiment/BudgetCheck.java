package dev.socketlab.experiment;

import dev.socketlab.experiment.Budget.Item;
import dev.socketlab.experiment.Budget.Line;
import dev.socketlab.internal.text.TextGrid;
import dev.socketlab.trace.Slope;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** A budget against what was measured: a row for each line, and for each item that needs one. */
record BudgetCheck(Budget budget, Measured measured, List<Row> rows) {

  /** What came of one line. */
  enum Finding {
    OK("ok"),
    OVER("OVER"),
    UNDER("UNDER"),
    NOT_BUDGETED("NOT BUDGETED"),
    IGNORED("ignored"),
    ABSENT("ABSENT");

    private final String label;

    Finding(String label) {
      this.label = label;
    }

    @Override
    public String toString() {
      return label;
    }
  }

  /**
   * One row.
   *
   * @param exact whether a whole number was asked for, so that any other is a difference
   * @param slope what one operation adds; empty where this kernel does not count it
   * @param most the bound
   */
  record Row(
      String name,
      String budget,
      boolean exact,
      Optional<Slope> slope,
      double most,
      Finding finding,
      String because) {

    boolean keeps() {
      return finding == Finding.OK || finding == Finding.IGNORED || finding == Finding.ABSENT;
    }

    /** What was measured, as a whole number where it is one. */
    String measured() {
      return slope
          .map(s ->
              s.whole().isPresent() ? Long.toString(s.nearestInteger()) : decimal(s.perOperation()))
          .orElse("");
    }

    String differenceText() {
      if (slope.isEmpty() || finding == Finding.IGNORED || (finding == Finding.OK && !exact)) {
        return "";
      }
      if (finding == Finding.OK) {
        return "0";
      }
      Slope found = slope.get();
      return found.whole().isPresent() && most == Math.rint(most)
          ? String.format(Locale.ROOT, "%+d", found.nearestInteger() - (long) most)
          : String.format(Locale.ROOT, "%+.3f", found.perOperation() - most);
    }
  }

  static BudgetCheck of(Budget budget, Measured measured) {
    requireEnough(measured);
    measured.requireFit(budget);
    List<Row> rows = new ArrayList<>();
    Set<Item> named = new HashSet<>();
    for (Line line : budget.lines()) {
      named.addAll(line.items());
      rows.add(row(line, measured));
    }
    for (Item other : measured.others(named)) {
      Slope slope = measured.slope(other);
      if (surplus(slope, budget.others()) > 0) {
        rows.add(
            new Row(
                other.toString(), "none", true, Optional.of(slope), 0, Finding.NOT_BUDGETED, ""));
      }
    }
    return new BudgetCheck(budget, measured, List.copyOf(rows));
  }

  /** With so few that one more for each of them would be tolerated, any budget is kept. */
  private static void requireEnough(Measured measured) {
    long tolerance = new Slope(0, 0, measured.operations()).tolerance();
    if (measured.operations() <= 2 * tolerance) {
      throw new IllegalStateException(
          "a budget needs a load of more than %d operations, so that one more or less for each shows:"
                  .formatted(2 * tolerance)
              + " operations="
              + measured.operations());
    }
  }

  private static Row row(Line line, Measured measured) {
    boolean absent = !line.items().stream().allMatch(measured::has);
    Optional<Slope> slope =
        absent
            ? Optional.empty()
            : Optional.of(Slope.sum(line.items().stream().map(measured::slope).toList()));
    return new Row(
        line.name(),
        line.budget(),
        line.bound() == Budget.Bound.EXACTLY,
        slope,
        line.most(),
        finding(line, slope),
        line.because());
  }

  private static Finding finding(Line line, Optional<Slope> slope) {
    if (line.bound() == Budget.Bound.IGNORED) {
      return Finding.IGNORED;
    }
    if (slope.isEmpty()) {
      return Finding.ABSENT;
    }
    if (surplus(slope.get(), line.most()) > 0) {
      return Finding.OVER;
    }
    return line.bound() == Budget.Bound.EXACTLY && lacks(slope.get(), line.most()) > 0
        ? Finding.UNDER
        : Finding.OK;
  }

  /** What is above a bound, beyond what is tolerated. */
  private static double surplus(Slope slope, double most) {
    return slope.larger() - slope.smaller() - most * slope.operations() - slope.tolerance();
  }

  private static double lacks(Slope slope, double least) {
    return least * slope.operations() - (slope.larger() - slope.smaller()) - slope.tolerance();
  }

  boolean keeps() {
    return incomparable().isPresent() || rows.stream().allMatch(Row::keeps);
  }

  /** Why a budget that is kept does not hold for that; empty where it does. */
  Optional<String> undecided() {
    return incomparable().or(this::absent);
  }

  private Optional<String> absent() {
    List<String> absent =
        budget.lines().stream()
            .filter(line -> line.bound() != Budget.Bound.IGNORED)
            .flatMap(line -> line.items().stream())
            .filter(item -> !measured.has(item))
            .map(Item::toString)
            .toList();
    return absent.isEmpty()
        ? Optional.empty()
        : Optional.of("this kernel does not have " + String.join(", ", absent));
  }

  /**
   * Why the two loads say nothing about one operation: others counted too, or the larger load did
   * less than the smaller, so something else than the number of operations was different.
   */
  Optional<String> incomparable() {
    return measured
        .obstacle()
        .or(() ->
            measured.comparable(budget).entrySet().stream()
                .filter(entry -> lacks(entry.getValue(), -budget.others()) > 0)
                .findFirst()
                .map(entry -> incomparable(entry.getKey(), entry.getValue())));
  }

  private String incomparable(String name, Slope slope) {
    return "the two loads do not compare: %d operations %s, and %d operations %d; does the load wait for each reply, and are all operations alike?"
        .formatted(
            measured.operations(),
            budget.kind().counted(slope.smaller(), name),
            measured.operations() + slope.operations(),
            slope.larger());
  }

  /** The numbers behind a verdict, for instance {@code read 1, write 1}. */
  String evidence() {
    return rows.stream()
        .filter(row -> row.finding() != Finding.IGNORED)
        .map(row -> row.name() + " " + row.measured())
        .collect(Collectors.joining(", "));
  }

  /** What is not in the budget, for a verdict; the artifact's table holds all. */
  String summary() {
    return rows.stream()
        .filter(row -> !row.keeps())
        .map(row ->
            "%s: budget %s, measured %s, %s %s"
                .formatted(
                    row.name(), row.budget(), row.measured(), row.differenceText(), row.finding()))
        .collect(Collectors.joining("\n"));
  }

  /** The table of a failure. */
  String text() {
    List<List<String>> table = new ArrayList<>();
    table.add(List.of(budget.kind().noun(), "budget", "measured", "difference", "verdict", ""));
    for (Row row : rows) {
      table.add(
          List.of(
              row.name(),
              row.budget(),
              row.measured(),
              row.differenceText(),
              row.finding().toString(),
              row.because()));
    }
    return "one %s does not keep to its budget\n%s\nevery %s that the loads added:\n%s"
        .formatted(
            budget.operation(),
            String.join("\n", TextGrid.align(TextGrid.INDENT, table, Set.of(1, 2, 3))),
            budget.kind().noun(),
            measured);
  }

  private static String decimal(double value) {
    return String.format(Locale.ROOT, "%.3f", value);
  }
}
