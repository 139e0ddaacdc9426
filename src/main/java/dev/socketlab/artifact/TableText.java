package dev.socketlab.artifact;

import dev.socketlab.artifact.internal.Prose;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

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
    List<Column.Alignment> alignments = alignments();
    List<String> lines = new ArrayList<>();
    if (!table.columns().isEmpty()) {
      lines.addAll(Grid.align(withHeading(body), alignments));
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
        Grid.alignAndWrapLast(
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
    return switch (cell) {
      case Cell.Text text -> text.value();
      case Cell.Whole number -> grouped(number.value());
      case Cell.Series series ->
          series.values().stream().map(TableText::grouped).collect(Collectors.joining(" "));
      case Cell.Decimals series ->
          series.values().stream().map(TableText::grouped).collect(Collectors.joining(" "));
      case Cell.Decimal number -> grouped(number.value());
      case Cell.NotAvailable absent -> "n/a[" + footnote(absent.reason()) + "]";
    };
  }

  private static String grouped(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }

  private static String grouped(BigDecimal number) {
    return String.format(Locale.ROOT, "%,." + number.scale() + "f", number);
  }

  private int footnote(String reason) {
    reasons.add(reason);
    return List.copyOf(reasons).indexOf(reason) + 1;
  }

  private List<Column.Alignment> alignments() {
    List<Column.Alignment> alignments = new ArrayList<>();
    for (int i = 0; i < table.columns().size(); i++) {
      Column.Alignment asked = table.columns().get(i).alignment();
      alignments.add(asked == Column.Alignment.BY_CONTENT ? byContent(i) : asked);
    }
    return alignments;
  }

  private Column.Alignment byContent(int column) {
    boolean text =
        table.rows().stream()
            .map(row -> row.get(column))
            .anyMatch(cell ->
                cell instanceof Cell.Text
                    || cell instanceof Cell.Series
                    || cell instanceof Cell.Decimals);
    return text || table.rows().isEmpty() ? Column.Alignment.LEFT : Column.Alignment.RIGHT;
  }
}
