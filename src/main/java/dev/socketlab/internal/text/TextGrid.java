package dev.socketlab.internal.text;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Lines up cells of text in columns, each as wide as its widest cell, two spaces apart.
 *
 * {@snippet :
 * List<String> lines = TextGrid.align("  ", List.of(List.of("call", "count"), row), Set.of(1));
 * }
 */
public final class TextGrid {
  /** What most tables of a text are indented by. */
  public static final String INDENT = "  ";

  private static final String GAP = "  ";

  private TextGrid() {}

  /**
   * Line up cells.
   *
   * @param indent in front of each line
   * @param rows the rows, of any number of cells
   * @param right the columns that are flush right, counted from 0; the others are flush left
   * @return a line for each row, without spaces at its end
   */
  public static List<String> align(String indent, List<List<String>> rows, Set<Integer> right) {
    List<Integer> widths = widths(rows);
    return rows.stream().map(row -> (indent + line(row, widths, right)).stripTrailing()).toList();
  }

  /** Line up cells flush left and wrap the last column as prose. */
  public static List<String> alignAndWrapLast(List<List<String>> rows) {
    List<Integer> widths = widths(rows);
    List<String> lines = new ArrayList<>();
    for (List<String> row : rows) {
      List<String> fixed = row.subList(0, row.size() - 1);
      String label = fixed.isEmpty() ? INDENT : INDENT + line(fixed, widths, Set.of()) + GAP;
      lines.addAll(Prose.wrap(label, row.getLast()));
    }
    return lines;
  }

  private static String line(List<String> row, List<Integer> widths, Set<Integer> right) {
    List<String> cells = new ArrayList<>();
    for (int i = 0; i < row.size(); i++) {
      cells.add(
          right.contains(i)
              ? Prose.padLeft(row.get(i), widths.get(i))
              : Prose.padRight(row.get(i), widths.get(i)));
    }
    return String.join(GAP, cells);
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
