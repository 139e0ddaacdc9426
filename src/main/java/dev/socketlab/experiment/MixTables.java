package dev.socketlab.experiment;

import static dev.socketlab.artifact.Column.exact;
import static dev.socketlab.artifact.Column.informational;
import static dev.socketlab.artifact.Column.key;

import dev.socketlab.artifact.Cell;
import dev.socketlab.artifact.Table;
import dev.socketlab.probe.DescriptorKind;
import dev.socketlab.trace.CounterMix;
import dev.socketlab.trace.Slope;
import dev.socketlab.trace.SyscallCounts;
import dev.socketlab.trace.SyscallMix;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;

/**
 * The tables of an artifact in which a {@link SyscallMix} or a {@link CounterMix} is shown.
 *
 * {@snippet :
 * lab.report().table(MixTables.perOperation("system calls per GET", mix, 0.01));
 * }
 */
@API(status = Status.MAINTAINED, since = "0.1")
public final class MixTables {

  private MixTables() {}

  /**
   * Shows what each operation adds: a row for each system call, the most frequent first. One that
   * no operation makes, within the tolerance of {@link Slope#tolerance}, has no row.
   *
   * @param title the heading
   * @param mix what was counted
   * @param atLeastPerOperation rows for calls below are left out, and a note says how many
   * @return the table
   */
  public static Table perOperation(String title, SyscallMix mix, double atLeastPerOperation) {
    List<Shown> all = mix.slopes().keySet().stream().flatMap(name -> shown(name, mix)).toList();
    List<Shown> shown =
        all.stream()
            .filter(s -> Math.abs(s.slope().perOperation()) >= atLeastPerOperation)
            // A few calls of a timer come and go; a row that does would be a change of an exact
            // figure.
            .filter(s -> s.slope().whole().orElse(1) != 0)
            .sorted(Comparator.comparingDouble(s -> -s.slope().perOperation()))
            .toList();
    Table.Builder table =
        Table.named(
            title,
            key("call"),
            key("on"),
            informational("start-up")
                .in("calls")
                .meaning("before the loads: the start and a warm-up"),
            informational(mix.smaller().operations() + " operations").in("calls"),
            informational(mix.larger().operations() + " operations").in("calls"),
            informational("per operation")
                .in("calls")
                .meaning("difference of the two, divided by the operations"),
            informational("left over")
                .in("calls")
                .meaning("what a whole number of calls per operation leaves"),
            exact("whole")
                .in("calls")
                .meaning("calls per operation, where that is a whole number"));
    for (Shown row : shown) {
      Slope slope = row.slope();
      table.row(
          row.name(),
          row.on().map(Budget::label).orElse(""),
          row.startUp(),
          slope.smaller(),
          slope.larger(),
          Cell.decimal(slope.perOperation(), 3),
          slope.leftOver(),
          row.whole());
    }
    int leftOut = all.size() - shown.size();
    if (leftOut > 0) {
      table.note(
          "%s calls that change by less than %s per operation, or by no more than is tolerated, are left out"
              .formatted(leftOut, atLeastPerOperation));
    }
    return table.build();
  }

  /**
   * Shows what each operation adds to the kernel's counters: a row for each that moved, the largest
   * slope first. No figure of it is compared between runs, because which counters move for a
   * segment is for the kernel to choose; the lines of a {@link CountersPerOperation} are.
   *
   * @param title the heading
   * @param mix what was counted
   * @return the table
   */
  public static Table perOperation(String title, CounterMix mix) {
    Table.Builder table =
        Table.named(
            title,
            informational("counter"),
            informational(mix.operations() + " operations"),
            informational(2 * mix.operations() + " operations"),
            informational("per operation")
                .meaning("difference of the two, divided by the operations"),
            informational("left over").meaning("what a whole number per operation leaves"));
    mix.slopes().entrySet().stream()
        .filter(counter -> counter.getValue().smaller() + counter.getValue().larger() > 0)
        .sorted(
            Comparator.comparingDouble(
                (Map.Entry<String, Slope> counter) -> -counter.getValue().perOperation()))
        .forEach(counter ->
            table.row(
                counter.getKey(),
                counter.getValue().smaller(),
                counter.getValue().larger(),
                Cell.decimal(counter.getValue().perOperation(), 3),
                counter.getValue().leftOver()));
    if (!mix.alone()) {
      table.note("counted in the network of the host, where others count too");
    }
    return table.build();
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
    Table.Builder table =
        Table.named(
            title,
            informational("call"),
            informational("calls"),
            informational("errors"),
            informational("time")
                .in("µs")
                .meaning("as the tracer measured it, and perturbed by it"),
            informational("share").in("%"));
    for (Map.Entry<String, SyscallCounts.Count> entry :
        counts.counts().entrySet().stream()
            .sorted(
                Comparator.comparing((Map.Entry<String, SyscallCounts.Count> e) ->
                        e.getValue().time().orElse(Duration.ZERO))
                    .thenComparingLong(e -> e.getValue().calls())
                    .reversed())
            .toList()) {
      SyscallCounts.Count count = entry.getValue();
      table.row(
          entry.getKey(),
          count.calls(),
          count.errors().isPresent()
              ? Cell.whole(count.errors().getAsLong())
              : Cell.notAvailable(counts.tool() + " does not count failures"),
          time(counts, count.time()),
          share(counts, count.time(), total));
    }
    return table.build();
  }

  /**
   * Shows what a load cost without the tracer and with it.
   *
   * @param title the heading
   * @param mixes by label, for instance the name of a transport
   * @return the table
   */
  public static Table perturbation(String title, Map<String, SyscallMix> mixes) {
    Table.Builder table =
        Table.named(
            title,
            key("subject"),
            key("tracer"),
            informational("operations"),
            informational("wall").in("ms").meaning("without the tracer"),
            informational("wall, traced").in("ms"),
            informational("slowdown"),
            informational("CPU")
                .in("ms")
                .meaning("of the subject, without the tracer; to within two clock ticks"),
            informational("CPU, traced").in("ms"));
    for (Map.Entry<String, SyscallMix> entry : mixes.entrySet()) {
      SyscallMix mix = entry.getValue();
      SyscallMix.Cost without = mix.untraced();
      SyscallMix.Cost with = mix.larger().cost();
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
    return table.build();
  }

  /** A call on descriptors of one kind, or on whatever, and the loads with it alone. */
  private record Shown(String name, Optional<DescriptorKind> on, SyscallMix mix) {

    Slope slope() {
      return mix.slope(name);
    }

    Cell startUp() {
      return mix.startUp()
          .map(counts -> Cell.whole(counts.calls(name)))
          .orElseGet(() -> Cell.notAvailable(mix.tracer() + " attached to a running process"));
    }

    Cell whole() {
      if (SyscallMix.RUNTIME_CALLS.contains(name)) {
        return Cell.notAvailable("the run-time's own call: how often is a matter of timing");
      }
      if (on.equals(Optional.of(DescriptorKind.EVENTFD))) {
        return Cell.notAvailable("threads wake each other: how often is a matter of timing");
      }
      OptionalLong whole = slope().whole();
      return whole.isPresent()
          ? Cell.whole(whole.getAsLong())
          : Cell.notAvailable("no whole number of calls per operation");
    }
  }

  private static Stream<Shown> shown(String name, SyscallMix mix) {
    return mix.kinds(name).isEmpty()
        ? Stream.of(new Shown(name, Optional.empty(), mix))
        : mix.kinds(name).stream()
            .map(kind ->
                new Shown(
                    name, Optional.of(kind).filter(k -> k != DescriptorKind.NONE), mix.on(kind)));
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
