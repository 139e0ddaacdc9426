package dev.socketlab.artifact;

import dev.socketlab.artifact.internal.CellText;
import dev.socketlab.internal.text.Prose;
import dev.socketlab.internal.text.TextGrid;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Renders a table for human readers: numbers flush right with grouped thousands, because a text is
 * read by eye and programs read the JSON form; reasons of missing values as numbered footnotes.
 */
final class TableText {
  private final Table table;
  private final Set<String> reasons = new LinkedHashSet<>();

  private TableText(Table table) {
    this.table = table;
  }

  static List<String> lines(Table table) {
    return new TableText(table).lines();
  }

  private List<String> lines() {
    List<List<String>> body =
        table.rows().stream().map(row -> row.stream().map(this::show).toList()).toList();
    List<String> lines = new ArrayList<>();
    if (!table.columns().isEmpty()) {
      lines.addAll(TextGrid.align(TextGrid.INDENT, withHeading(body), flushRight()));
    }
    if (body.isEmpty()) {
      lines.add("  (no rows)");
    }
    List<String> remarks = remarks();
    if (!remarks.isEmpty()) {
      lines.add("");
      lines.addAll(remarks);
    }
    return lines;
  }

  private List<List<String>> withHeading(List<List<String>> body) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(table.columns().stream().map(Column::name).toList());
    if (table.columns().stream().anyMatch(column -> !column.unit().isEmpty())) {
      rows.add(table.columns().stream().map(Column::unit).toList());
    }
    int heading = rows.size();
    rows.addAll(body);
    List<String> rule = new ArrayList<>();
    for (int i = 0; i < table.columns().size(); i++) {
      int column = i;
      rule.add(
          "-".repeat(rows.stream().mapToInt(row -> Prose.length(row.get(column))).max().orElse(0)));
    }
    rows.add(heading, rule);
    return rows;
  }

  private List<String> remarks() {
    List<String> remarks = new ArrayList<>();
    remarks.addAll(
        TextGrid.alignAndWrapLast(
            table.columns().stream()
                .filter(column -> !column.doc().isEmpty())
                .map(column -> List.of(column.name(), column.doc()))
                .toList()));
    int number = 1;
    for (String reason : reasons) {
      remarks.addAll(Prose.wrap("  [" + number++ + "] ", reason));
    }
    table.notes().forEach(note -> remarks.addAll(Prose.wrap("  ", note)));
    return remarks;
  }

  private String show(Cell cell) {
    return CellText.of(cell, CellText::grouped, reason -> "n/a[" + footnote(reason) + "]");
  }

  private int footnote(String reason) {
    reasons.add(reason);
    return List.copyOf(reasons).indexOf(reason) + 1;
  }

  private Set<Integer> flushRight() {
    return IntStream.range(0, table.columns().size())
        .filter(this::isFlushRight)
        .boxed()
        .collect(Collectors.toSet());
  }

  private boolean isFlushRight(int column) {
    return switch (table.columns().get(column).alignment()) {
      case LEFT -> false;
      case RIGHT -> true;
      case BY_CONTENT ->
          !table.rows().isEmpty()
              && table.rows().stream()
                  .map(row -> row.get(column))
                  .noneMatch(cell ->
                      cell instanceof Cell.Text
                          || cell instanceof Cell.Series
                          || cell instanceof Cell.Decimals);
    };
  }
}
