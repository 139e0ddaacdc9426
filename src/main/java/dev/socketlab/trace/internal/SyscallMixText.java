package dev.socketlab.trace.internal;

import dev.socketlab.probe.DescriptorKind;
import dev.socketlab.trace.SyscallMix;
import dev.socketlab.trace.SyscallSlope;
import java.util.Comparator;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The table of a mix, for messages. */
public final class SyscallMixText {

  private static final String ROW = "  %-22s%12s%12s%12s%16s%12s";

  private SyscallMixText() {}

  public static String of(SyscallMix mix) {
    String heading =
        "system calls counted by %s, %d against %d operations"
            .formatted(mix.tracer(), mix.larger().operations(), mix.smaller().operations());
    String columns =
        ROW.formatted(
            "call",
            mix.startUp().isPresent() ? "start-up" : "",
            mix.smaller().operations(),
            mix.larger().operations(),
            "per operation",
            "left over");
    return heading
        + "\n"
        + columns
        + "\n"
        + mix.slopes().slopes().keySet().stream()
            .flatMap(name -> rows(name, mix))
            .filter(row -> row.slope().calls() + row.slope().largerCalls() > 0)
            .sorted(Comparator.comparingDouble((Row row) -> row.slope().perOperation()).reversed())
            .map(Row::text)
            .collect(Collectors.joining("\n"))
        + (mix.larger().counts().exhaustive() ? "" : "\n  other calls were not watched");
  }

  /** A call on descriptors of one kind, or on whatever. */
  private record Row(String label, String name, SyscallMix mix) {

    SyscallSlope slope() {
      return mix.slope(name);
    }

    String text() {
      return ROW.formatted(
          label,
          mix.startUp().map(counts -> Long.toString(counts.calls(name))).orElse(""),
          slope().calls(),
          slope().largerCalls(),
          String.format(Locale.ROOT, "%.3f", slope().perOperation()),
          String.format(Locale.ROOT, "%+d", slope().residualCalls()));
    }
  }

  private static Stream<Row> rows(String name, SyscallMix mix) {
    return mix.kinds(name).isEmpty()
        ? Stream.of(new Row(name, name, mix))
        : mix.kinds(name).stream().map(kind -> new Row(label(name, kind), name, mix.on(kind)));
  }

  private static String label(String name, DescriptorKind kind) {
    return kind == DescriptorKind.NONE
        ? name
        : name + " on " + kind.name().toLowerCase(Locale.ROOT);
  }
}
