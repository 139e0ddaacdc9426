package dev.socketlab.compare.internal;

import dev.socketlab.artifact.internal.Markdown;
import java.util.ArrayList;
import java.util.List;

/** Writes a comparison for a pull request: what changed in the open, the rest folded. */
final class ComparisonMarkdown {
  private final List<String> lines = new ArrayList<>();

  private ComparisonMarkdown() {}

  static String write(Comparison comparison) {
    ComparisonMarkdown markdown = new ComparisonMarkdown();
    markdown.document(comparison);
    return String.join("\n", markdown.lines) + "\n";
  }

  private void document(Comparison comparison) {
    lines.add(
        "### " + Markdown.escape(comparison.after().experiment() + ": " + comparison.summary()));
    lines.add("");
    lines.add("- before: " + Markdown.escape(ComparisonText.run(comparison.before())));
    lines.add("- after: " + Markdown.escape(ComparisonText.run(comparison.after())));
    table("Changed", comparison.changes());
    judgements("Changed, by the rank test", comparison.separable());
    folded(
        "Not the same in both runs", () -> table("", comparison.context()), comparison.context());
    List<Judgement> rest =
        comparison.judgements().stream()
            .filter(judgement -> !judgement.separation().separable())
            .toList();
    folded("Noisy, and not separable", () -> judgements("", rest), rest);
    folded(
        "Not compared",
        () -> comparison.notCompared().forEach(line -> lines.add("- " + Markdown.escape(line))),
        comparison.notCompared());
  }

  private void table(String heading, List<Difference> differences) {
    head(heading, differences, "| what | before | after |", "|---|---|---|");
    differences.forEach(d -> row(d.where(), d.before(), d.after()));
  }

  private void judgements(String heading, List<Judgement> judgements) {
    head(heading, judgements, "| what | median before | after | rank test |", "|---|--:|--:|---|");
    judgements.forEach(j ->
        row(j.where(), Judgement.median(j.before()), Judgement.median(j.after()), j.verdict()));
  }

  private void head(String heading, List<?> rows, String titles, String rule) {
    if (!rows.isEmpty()) {
      if (!heading.isEmpty()) {
        lines.add("");
        lines.add("**" + heading + "**");
      }
      lines.add("");
      lines.add(titles);
      lines.add(rule);
    }
  }

  private void row(String... cells) {
    lines.add(Markdown.row(cells));
  }

  private void folded(String summary, Runnable content, List<?> entries) {
    if (!entries.isEmpty()) {
      lines.add("");
      lines.add("<details><summary>%s (%d)</summary>".formatted(summary, entries.size()));
      lines.add("");
      content.run();
      lines.add("");
      lines.add("</details>");
    }
  }
}
