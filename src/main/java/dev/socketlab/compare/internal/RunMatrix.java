package dev.socketlab.compare.internal;

import dev.socketlab.artifact.Artifact;
import dev.socketlab.artifact.Table;
import dev.socketlab.artifact.internal.Markdown;
import java.util.ArrayList;
import java.util.List;
import java.util.SequencedMap;

/**
 * Several runs of an experiment side by side, each compared with one of them, the reference.
 *
 * {@snippet :
 * SequencedMap<String, Artifact> runs = new LinkedHashMap<>();
 * runs.put("6.1.json", before);
 * runs.put("6.12.json", after);
 * System.out.print(RunMatrix.of(runs, 1).toText());
 * }
 *
 * @param title the experiment
 * @param remarks what was found, and how to read the tables, one paragraph each
 * @param tables the runs, their verdicts and what differs
 * @param changed whether {@link Comparison#changed()} is true of any run and the reference
 */
public record RunMatrix(String title, List<String> remarks, List<Table> tables, boolean changed) {

  @SuppressWarnings("doclint:missing")
  public RunMatrix {
    remarks = List.copyOf(remarks);
    tables = List.copyOf(tables);
  }

  /**
   * Compares several runs with one of them.
   *
   * @param runs the runs by the names of their files, two or more, in the order of the columns
   * @param reference which of them the others are compared with, from 1
   * @return what differs
   * @throws IllegalArgumentException if there are fewer than two runs, no such reference, or runs
   *     of different experiments
   */
  public static RunMatrix of(SequencedMap<String, Artifact> runs, int reference) {
    if (runs.size() < 2) {
      throw new IllegalArgumentException(
          "a matrix needs two runs or more: runs=" + List.copyOf(runs.keySet()));
    }
    if (reference < 1 || reference > runs.size()) {
      throw new IllegalArgumentException(
          "the reference is the number of a run, 1 to %d: reference=%d"
              .formatted(runs.size(), reference));
    }
    return new MatrixTables(runs, reference - 1).matrix();
  }

  /** {@return the matrix as plain text, which ends with a line break} */
  public String toText() {
    List<String> lines = new ArrayList<>();
    lines.add(title);
    lines.add("=".repeat(title.length()));
    lines.addAll(remarks);
    for (Table table : tables) {
      lines.add("");
      lines.add(table.title());
      lines.add("-".repeat(table.title().length()));
      lines.addAll(table.toText());
    }
    return String.join("\n", lines) + "\n";
  }

  /** {@return the matrix as Markdown, which ends with a line break} */
  public String toMarkdown() {
    List<String> lines = new ArrayList<>();
    lines.add("### " + Markdown.escape(title));
    remarks.forEach(remark -> lines.addAll(List.of("", Markdown.escape(remark))));
    for (Table table : tables) {
      lines.addAll(List.of("", "**" + Markdown.escape(table.title()) + "**", ""));
      lines.add(
          row(table.columns().stream().map(c -> (c.name() + "\n" + c.unit()).strip()).toList()));
      lines.add("|" + "---|".repeat(table.columns().size()));
      table
          .rows()
          .forEach(cells -> lines.add(row(cells.stream().map(TableComparison::show).toList())));
      table.notes().forEach(note -> lines.addAll(List.of("", Markdown.escape(note))));
    }
    return String.join("\n", lines) + "\n";
  }

  private static String row(List<String> cells) {
    return Markdown.row(cells.toArray(String[]::new));
  }
}
