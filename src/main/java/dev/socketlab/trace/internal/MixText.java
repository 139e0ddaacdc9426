package dev.socketlab.trace.internal;

import dev.socketlab.internal.text.TextGrid;
import dev.socketlab.probe.DescriptorKind;
import dev.socketlab.trace.CounterMix;
import dev.socketlab.trace.Slope;
import dev.socketlab.trace.SyscallMix;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/** The table of a mix, for messages. */
public final class MixText {

  /** All columns but the name. */
  private static final Set<Integer> NUMBERS = Set.of(1, 2, 3, 4, 5);

  private MixText() {}

  public static String of(SyscallMix mix) {
    return table(
            "system calls counted by %s, %d against %d operations"
                .formatted(mix.tracer(), mix.larger().operations(), mix.smaller().operations()),
            "call",
            mix.startUp().isPresent() ? "start-up" : "",
            mix.smaller().operations(),
            mix.slopes().keySet().stream().flatMap(name -> rows(name, mix)))
        + (mix.larger().counts().exhaustive() ? "" : "\n  other calls were not watched");
  }

  public static String of(CounterMix mix) {
    return table(
            "protocol counters, %d against %d operations"
                .formatted(2 * mix.operations(), mix.operations()),
            "counter",
            "",
            mix.operations(),
            mix.slopes().entrySet().stream()
                .map(counter -> new Row(counter.getKey(), "", counter.getValue())))
        + (mix.alone() ? "" : "\n  others on this machine count too: it is the host's network");
  }

  private record Row(String label, String startUp, Slope slope) {

    List<String> cells() {
      return List.of(
          label,
          startUp,
          Long.toString(slope.smaller()),
          Long.toString(slope.larger()),
          String.format(Locale.ROOT, "%.3f", slope.perOperation()),
          String.format(Locale.ROOT, "%+d", slope.leftOver()));
    }
  }

  private static String table(
      String heading, String what, String startUp, long operations, Stream<Row> rows) {
    Stream<List<String>> columns =
        Stream.of(
            List.of(
                what,
                startUp,
                Long.toString(operations),
                Long.toString(2 * operations),
                "per operation",
                "left over"));
    Stream<List<String>> body =
        rows.filter(row -> row.slope().smaller() + row.slope().larger() > 0)
            .sorted(Comparator.comparingDouble((Row row) -> row.slope().perOperation()).reversed())
            .map(Row::cells);
    return heading
        + "\n"
        + String.join(
            "\n", TextGrid.align(TextGrid.INDENT, Stream.concat(columns, body).toList(), NUMBERS));
  }

  private static Stream<Row> rows(String name, SyscallMix mix) {
    return mix.kinds(name).isEmpty()
        ? Stream.of(row(name, name, mix))
        : mix.kinds(name).stream().map(kind -> row(label(name, kind), name, mix.on(kind)));
  }

  /** A call on descriptors of one kind, or on whatever. */
  private static Row row(String label, String name, SyscallMix mix) {
    return new Row(
        label,
        mix.startUp().map(counts -> Long.toString(counts.calls(name))).orElse(""),
        mix.slope(name));
  }

  private static String label(String name, DescriptorKind kind) {
    return kind == DescriptorKind.NONE
        ? name
        : name + " on " + kind.name().toLowerCase(Locale.ROOT);
  }
}
