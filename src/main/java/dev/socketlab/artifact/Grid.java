package dev.socketlab.artifact;

import dev.socketlab.artifact.internal.Prose;
import java.util.ArrayList;
import java.util.List;

/** Lines up cells of text in columns. */
final class Grid {
  private static final String INDENT = "  ";
  private static final String GAP = "  ";

  private Grid() {}

  /** Line up cells; each column is as wide as its widest cell. */
  static List<String> align(List<List<String>> rows, List<Column.Alignment> alignments) {
    List<Integer> widths = widths(rows);
    return rows.stream().map(row -> line(row, widths, alignments).stripTrailing()).toList();
  }

  /** Line up cells flush left and wrap the last column as prose. */
  static List<String> alignAndWrapLast(List<List<String>> rows) {
    List<Integer> widths = widths(rows);
    List<String> lines = new ArrayList<>();
    for (List<String> row : rows) {
      List<String> fixed = row.subList(0, row.size() - 1);
      String label = fixed.isEmpty() ? INDENT : line(fixed, widths, List.of()) + GAP;
      lines.addAll(Prose.wrap(label, row.getLast()));
    }
    return lines;
  }

  private static String line(
      List<String> row, List<Integer> widths, List<Column.Alignment> alignments) {
    List<String> cells = new ArrayList<>();
    for (int i = 0; i < row.size(); i++) {
      boolean right = i < alignments.size() && alignments.get(i) == Column.Alignment.RIGHT;
      cells.add(
          right
              ? Prose.padLeft(row.get(i), widths.get(i))
              : Prose.padRight(row.get(i), widths.get(i)));
    }
    return INDENT + String.join(GAP, cells);
  }

  private static List<Integer> widths(List<List<String>> rows) {
    List<Integer> widths = new ArrayList<>();
    for (List<String> row : rows) {
      for (int i = 0; i < row.size(); i++) {
        int width = Prose.length(row.get(i));
        if (i == widths.size()) {
          widths.add(width);
        } else if (width > widths.get(i)) {
          widths.set(i, width);
        }
      }
    }
    return widths;
  }
}
