package dev.socketlab.experiment;

import dev.socketlab.artifact.Cell;
import dev.socketlab.artifact.Table;
import dev.socketlab.assertion.CallsPerOperationAssert;
import dev.socketlab.probe.SyscallCount;
import dev.socketlab.probe.SyscallCounts;
import dev.socketlab.probe.SyscallSlope;
import dev.socketlab.trace.LoadCost;
import dev.socketlab.trace.SyscallMix;
import java.time.Duration;
import java.util.Comparator;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The tables of an artifact in which a {@link SyscallMix} is shown.
 *
 * <pre>{@code
 * lab.report().table(SyscallTables.perOperation("system calls per GET", mix, 0.01));
 * }</pre>
 */
public final class SyscallTables {

  private SyscallTables() {}

  /**
   * Shows what each operation adds: a row for each system call, the most frequent first. One that
   * no operation makes, within the tolerance of {@link CallsPerOperationAssert}, has no row.
   *
   * @param title the heading
   * @param mix what was counted
   * @param atLeastPerOperation rows for calls below are left out, and a note says how many
   * @return the table
   */
  public static Table perOperation(String title, SyscallMix mix, double atLeastPerOperation) {
    Map<String, SyscallSlope> slopes = mix.slopes().slopes();
    Table table =
        Table.named(title)
            .key("call")
            .column("start-up", "calls", "a process that is started and stopped, without load")
            .column(mix.smaller().operations() + " operations", "calls")
            .column(mix.larger().operations() + " operations", "calls")
            .column("per operation", "calls", "difference of the two, divided by the operations")
            .column("left over", "calls", "what a whole number of calls per operation leaves")
            .exact("whole", "calls", "calls per operation, where that is a whole number");
    for (Map.Entry<String, SyscallSlope> entry :
        slopes.entrySet().stream()
            .filter(e -> Math.abs(e.getValue().perOperation()) >= atLeastPerOperation)
            // A few calls of a timer come and go; a row that does would be a change of an exact
            // figure.
            .filter(e -> e.getValue().nearestInteger() != 0 || !isWhole(e.getValue()))
            .sorted(
                Comparator.comparingDouble(
                    (Map.Entry<String, SyscallSlope> e) -> -e.getValue().perOperation()))
            .toList()) {
      SyscallSlope slope = entry.getValue();
      table =
          table.row(
              entry.getKey(),
              startUp(mix, entry.getKey()),
              slope.calls(),
              slope.largerCalls(),
              Cell.decimal(slope.perOperation(), 3),
              slope.residualCalls(),
              whole(entry.getKey(), slope));
    }
    int leftOut = slopes.size() - table.rows().size();
    return leftOut == 0
        ? table
        : table.note(
            "%d calls that change by less than %s per operation, or by no more than is tolerated, are left out"
                .formatted(leftOut, atLeastPerOperation));
  }

  /**
   * Shows the counts of one run in the columns that {@code strace -c} made familiar, the most
   * expensive call first.
   *
   * @param title the heading
   * @param counts the counts
   * @return the table
   */
  public static Table classic(String title, SyscallCounts counts) {
    Duration total =
        counts.counts().values().stream()
            .flatMap(count -> count.time().stream())
            .reduce(Duration.ZERO, Duration::plus);
    Table table =
        Table.named(title)
            .column("call")
            .column("calls")
            .column("errors")
            .column("time", "µs", "as the tracer measured it, and perturbed by it")
            .column("share", "%");
    for (Map.Entry<String, SyscallCount> entry :
        counts.counts().entrySet().stream()
            .sorted(
                Comparator.comparing((Map.Entry<String, SyscallCount> e) ->
                        e.getValue().time().orElse(Duration.ZERO))
                    .thenComparingLong(e -> e.getValue().calls())
                    .reversed())
            .toList()) {
      SyscallCount count = entry.getValue();
      table =
          table.row(
              entry.getKey(),
              count.calls(),
              count.errors().isPresent()
                  ? Cell.whole(count.errors().getAsLong())
                  : Cell.notAvailable(counts.tool() + " does not count failures"),
              time(counts, count.time()),
              share(counts, count.time(), total));
    }
    return table;
  }

  /**
   * Shows what a load cost without the tracer and with it.
   *
   * @param title the heading
   * @param mixes by label, for instance the name of a transport
   * @return the table
   */
  public static Table perturbation(String title, Map<String, SyscallMix> mixes) {
    Table table =
        Table.named(title)
            .key("subject")
            .key("tracer")
            .column("operations")
            .column("wall", "ms", "without the tracer")
            .column("wall, traced", "ms")
            .column("slowdown")
            .column("CPU", "ms", "of the subject, without the tracer; to within two clock ticks")
            .column("CPU, traced", "ms");
    for (Map.Entry<String, SyscallMix> entry : mixes.entrySet()) {
      SyscallMix mix = entry.getValue();
      LoadCost without = mix.untraced();
      LoadCost with = mix.larger().cost();
      table =
          table.row(
              entry.getKey(),
              mix.tracer().label(),
              with.operations(),
              without.wall().toMillis(),
              with.wall().toMillis(),
              mix.slowdown().isPresent()
                  ? Cell.text(String.format(Locale.ROOT, "%.1f", mix.slowdown().getAsDouble()))
                  : Cell.notAvailable("the untraced load took no time"),
              without.cpu().toMillis(),
              with.cpu().toMillis());
    }
    return table;
  }

  private static Cell whole(String name, SyscallSlope slope) {
    if (SyscallMix.RUNTIME_CALLS.contains(name)) {
      return Cell.notAvailable("the run-time's own call: how often is a matter of timing");
    }
    return isWhole(slope)
        ? Cell.whole(slope.nearestInteger())
        : Cell.notAvailable("no whole number of calls per operation");
  }

  /** Whether the calls are so many for each operation, and none is left over. */
  static boolean isWhole(SyscallSlope slope) {
    // The tolerance is that of the assertion.
    return Math.abs(slope.residualCalls()) <= CallsPerOperationAssert.tolerance(slope);
  }

  private static Cell startUp(SyscallMix mix, String name) {
    return mix.startUp()
        .map(counts -> Cell.whole(counts.calls(name)))
        .orElseGet(() -> Cell.notAvailable(mix.tracer() + " attached to a running process"));
  }

  private static Cell time(SyscallCounts counts, Optional<Duration> time) {
    return time.map(t -> Cell.whole(t.toNanos() / 1_000))
        .orElseGet(() -> Cell.notAvailable(counts.tool() + " does not measure time"));
  }

  private static Cell share(SyscallCounts counts, Optional<Duration> time, Duration total) {
    if (time.isEmpty() || total.isZero()) {
      return Cell.notAvailable(counts.tool() + " measured no time");
    }
    return Cell.decimal(100.0 * time.get().toNanos() / total.toNanos(), 2);
  }
}
