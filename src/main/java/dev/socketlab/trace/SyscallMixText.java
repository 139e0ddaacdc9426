package dev.socketlab.trace;

import dev.socketlab.probe.SyscallSlope;
import java.util.Comparator;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** The table of a mix, for messages. */
final class SyscallMixText {

  private static final String ROW = "  %-22s%12s%12s%12s%16s%12s";

  private SyscallMixText() {}

  static String of(SyscallMix mix) {
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
        + mix.slopes().slopes().entrySet().stream()
            .filter(entry -> tells(mix, entry.getKey(), entry.getValue()))
            .sorted(
                Comparator.comparingDouble(
                        (Map.Entry<String, SyscallSlope> e) -> e.getValue().perOperation())
                    .reversed())
            .map(entry -> row(mix, entry.getKey(), entry.getValue()))
            .collect(Collectors.joining("\n"))
        + (mix.larger().counts().exhaustive() ? "" : "\n  other calls were not watched");
  }

  /** A process makes dozens of calls at its start that no load changes. */
  private static boolean tells(SyscallMix mix, String name, SyscallSlope slope) {
    return slope.largerCalls() != slope.calls()
        || mix.startUp().map(counts -> counts.calls(name) != slope.calls()).orElse(true);
  }

  private static String row(SyscallMix mix, String name, SyscallSlope slope) {
    return ROW.formatted(
        name,
        mix.startUp().map(counts -> Long.toString(counts.calls(name))).orElse(""),
        slope.calls(),
        slope.largerCalls(),
        String.format(Locale.ROOT, "%.3f", slope.perOperation()),
        String.format(Locale.ROOT, "%+d", slope.residualCalls()));
  }
}
