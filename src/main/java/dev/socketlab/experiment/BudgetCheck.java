package dev.socketlab.experiment;

import dev.socketlab.experiment.Budget.Call;
import dev.socketlab.experiment.Budget.Line;
import dev.socketlab.trace.SyscallMix;
import dev.socketlab.trace.SyscallSlope;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** A budget against what was measured: a row for each line, and for each call that has none. */
record BudgetCheck(Budget budget, SyscallMix mix, List<Row> rows) {

  /** What came of one line. */
  enum Finding {
    OK("ok"),
    OVER("OVER"),
    UNDER("UNDER"),
    NOT_BUDGETED("NOT BUDGETED"),
    IGNORED("ignored");

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
   * @param exact whether a whole number of calls was asked for, so that any other is a difference
   * @param most the bound
   */
  record Row(
      String call,
      String budget,
      boolean exact,
      SyscallSlope slope,
      double most,
      Finding finding,
      String because) {

    boolean keeps() {
      return finding == Finding.OK || finding == Finding.IGNORED;
    }

    boolean isWhole() {
      return slope.whole().isPresent();
    }

    String measured() {
      return isWhole() ? Long.toString(slope.nearestInteger()) : decimal(slope.perOperation());
    }

    String differenceText() {
      if (finding == Finding.IGNORED || (finding == Finding.OK && !exact)) {
        return "";
      }
      if (finding == Finding.OK) {
        return "0";
      }
      return isWhole() && most == Math.rint(most)
          ? String.format(Locale.ROOT, "%+d", slope.nearestInteger() - (long) most)
          : String.format(Locale.ROOT, "%+.3f", slope.perOperation() - most);
    }
  }

  static BudgetCheck of(Budget budget, SyscallMix mix) {
    if (!mix.larger().counts().exhaustive()) {
      throw new IllegalStateException(
          "a budget needs a tracer that watches all calls, and "
              + mix.tracer()
              + " does not; leave out tracedBy, or give another");
    }
    List<Row> rows = new ArrayList<>();
    Set<Call> named = new HashSet<>();
    for (Line line : budget.lines()) {
      requireKinds(line, mix);
      named.addAll(line.calls());
      rows.add(row(line, mix));
    }
    for (String name : mix.slopes().slopes().keySet()) {
      for (Call other : others(name, named, mix)) {
        SyscallSlope slope = other.slope(mix);
        if (surplus(slope, budget.others()) > 0) {
          rows.add(new Row(other.toString(), "none", true, slope, 0, Finding.NOT_BUDGETED, ""));
        }
      }
    }
    return new BudgetCheck(budget, mix, List.copyOf(rows));
  }

  private static void requireKinds(Line line, SyscallMix mix) {
    if (!line.on().isEmpty() && line.names().stream().anyMatch(name -> !looked(name, mix))) {
      throw new IllegalStateException(
          "the line of "
              + line.name()
              + " says `on`, and "
              + mix.tracer()
              + " does not look at descriptors; leave out tracedBy, or use STRACE_ATTACHED");
    }
  }

  private static boolean looked(String name, SyscallMix mix) {
    return mix.larger().counts().calls(name) == 0 || !mix.kinds(name).isEmpty();
  }

  /** What of a call no line names: all, nothing, or the kinds of descriptors that have no line. */
  private static List<Call> others(String name, Set<Call> named, SyscallMix mix) {
    Call onAny = new Call(name, Optional.empty());
    if (named.contains(onAny)) {
      return List.of();
    }
    if (named.stream().noneMatch(call -> call.name().equals(name))) {
      return SyscallMix.RUNTIME_CALLS.contains(name) ? List.of() : List.of(onAny);
    }
    return mix.kinds(name).stream()
        .map(kind -> new Call(name, Optional.of(kind)))
        .filter(call -> !named.contains(call))
        .toList();
  }

  private static Row row(Line line, SyscallMix mix) {
    SyscallSlope slope = line.slope(mix);
    Finding finding =
        switch (line.bound()) {
          case IGNORED -> Finding.IGNORED;
          case AT_MOST -> surplus(slope, line.most()) > 0 ? Finding.OVER : Finding.OK;
          case EXACTLY ->
              surplus(slope, line.most()) > 0
                  ? Finding.OVER
                  : lacks(slope, line.most()) > 0 ? Finding.UNDER : Finding.OK;
        };
    return new Row(
        line.name(),
        line.budget(),
        line.bound() == Budget.Bound.EXACTLY,
        slope,
        line.most(),
        finding,
        line.because());
  }

  /** Calls above a bound, beyond what is tolerated. */
  private static double surplus(SyscallSlope slope, double most) {
    return slope.largerCalls() - slope.calls() - most * slope.operations() - slope.tolerance();
  }

  private static double lacks(SyscallSlope slope, double least) {
    return least * slope.operations() - (slope.largerCalls() - slope.calls()) - slope.tolerance();
  }

  boolean keeps() {
    return incomparable().isPresent() || rows.stream().allMatch(Row::keeps);
  }

  /**
   * Why the two loads say nothing about one operation: the larger made fewer calls than the
   * smaller, so something else than the number of operations was different.
   */
  Optional<String> incomparable() {
    return mix.slopes().slopes().entrySet().stream()
        .filter(entry -> !SyscallMix.RUNTIME_CALLS.contains(entry.getKey()))
        .filter(entry -> lacks(entry.getValue(), -budget.others()) > 0)
        .findFirst()
        .map(entry ->
            "the two loads do not compare: %d operations made %d calls of %s, and %d operations %d; does the load wait for each reply, and are all operations alike?"
                .formatted(
                    mix.smaller().operations(),
                    entry.getValue().calls(),
                    entry.getKey(),
                    mix.larger().operations(),
                    entry.getValue().largerCalls()));
  }

  /** The numbers behind a verdict, for instance {@code read 1, write 1}. */
  String evidence() {
    return rows.stream()
        .filter(row -> row.finding() != Finding.IGNORED)
        .map(row -> row.call() + " " + row.measured())
        .collect(Collectors.joining(", "));
  }

  /** What is not in the budget, for a verdict; the artifact's table holds all. */
  String summary() {
    return rows.stream()
        .filter(row -> !row.keeps())
        .map(row ->
            "%s: budget %s, measured %s, %s %s"
                .formatted(
                    row.call(), row.budget(), row.measured(), row.differenceText(), row.finding()))
        .collect(Collectors.joining("\n"));
  }

  /** The table of a failure. */
  String text() {
    StringBuilder text = new StringBuilder();
    text.append("one ").append(budget.operation()).append(" does not keep to its budget\n");
    line(text, "call", "budget", "measured", "difference", "verdict", "");
    for (Row row : rows) {
      line(
          text,
          row.call(),
          row.budget(),
          row.measured(),
          row.differenceText(),
          row.finding().toString(),
          row.because());
    }
    return text.append("every call that the loads added:\n").append(mix).toString();
  }

  private static void line(StringBuilder text, String... cells) {
    text.append("  %-22s%14s%10s%12s  %-14s%s".formatted((Object[]) cells).stripTrailing())
        .append('\n');
  }

  private static String decimal(double value) {
    return String.format(Locale.ROOT, "%.3f", value);
  }
}
