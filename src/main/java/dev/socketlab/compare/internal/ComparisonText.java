package dev.socketlab.compare.internal;

import dev.socketlab.artifact.Artifact;
import java.util.ArrayList;
import java.util.List;

/** Writes a comparison for a terminal: the circumstances first, because they explain the rest. */
final class ComparisonText {
  private final List<String> lines = new ArrayList<>();

  private ComparisonText() {}

  static String write(Comparison comparison) {
    ComparisonText text = new ComparisonText();
    text.lines.add(comparison.after().experiment() + ": " + comparison.summary());
    text.lines.add("before: " + run(comparison.before()));
    text.lines.add("after:  " + run(comparison.after()));
    text.section("Not the same in both runs", comparison.context());
    text.section("Changed", comparison.changes());
    text.section("Changed, by the rank test", comparison.separable());
    text.section(
        "Noisy, and not separable",
        comparison.judgements().stream()
            .filter(judgement -> !judgement.separation().separable())
            .toList());
    text.section("Not compared", comparison.notCompared());
    return String.join("\n", text.lines) + "\n";
  }

  static String run(Artifact artifact) {
    return "%s, commit %s, %s, %s"
        .formatted(
            artifact.date(),
            artifact.provenance().source().commit(),
            artifact.provenance().source().workingTree(),
            artifact.verdict().label());
  }

  private void section(String heading, List<?> content) {
    if (!content.isEmpty()) {
      lines.add("");
      lines.add(heading);
      lines.add("-".repeat(heading.length()));
      content.forEach(line -> lines.add("  " + line));
    }
  }
}
