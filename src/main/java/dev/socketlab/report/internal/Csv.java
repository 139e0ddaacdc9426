package dev.socketlab.report.internal;

import dev.socketlab.artifact.Cell;
import dev.socketlab.artifact.Column;
import dev.socketlab.artifact.Table;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A table as CSV of RFC 4180: one line of headings, which carry the units, and one line for each
 * row. Numbers are plain, a column of several trials becomes one column for each trial, and what is
 * not available is empty.
 */
final class Csv {
  private static final String LINE_END = "\r\n";

  private Csv() {}

  /**
   * Writes a table.
   *
   * @param table the table
   * @return the CSV
   */
  public static String write(Table table) {
    List<Integer> widths = new ArrayList<>();
    for (int i = 0; i < table.columns().size(); i++) {
      int place = i;
      widths.add(
          table.rows().stream().mapToInt(row -> row.get(place).numbers().size()).max().orElse(1));
    }
    List<String> headings = new ArrayList<>();
    for (int i = 0; i < widths.size(); i++) {
      headings.addAll(headings(table.columns().get(i), widths.get(i)));
    }
    StringBuilder csv = new StringBuilder(line(headings));
    for (List<Cell> row : table.rows()) {
      List<String> fields = new ArrayList<>();
      for (int i = 0; i < widths.size(); i++) {
        fields.addAll(fields(row.get(i), widths.get(i)));
      }
      csv.append(line(fields));
    }
    return csv.toString();
  }

  private static List<String> headings(Column column, int width) {
    String unit = column.unit().isEmpty() ? "" : " (" + column.unit() + ")";
    if (width <= 1) {
      return List.of(column.name() + unit);
    }
    List<String> headings = new ArrayList<>();
    for (int trial = 1; trial <= width; trial++) {
      headings.add("%s %s%s".formatted(column.name(), trial, unit));
    }
    return headings;
  }

  private static List<String> fields(Cell cell, int width) {
    List<String> fields = new ArrayList<>();
    if (cell instanceof Cell.Text text) {
      fields.add(text.value());
    } else {
      cell.numbers().stream().map(BigDecimal::toPlainString).forEach(fields::add);
    }
    while (fields.size() < width || fields.isEmpty()) {
      fields.add("");
    }
    return fields;
  }

  private static String line(List<String> fields) {
    return fields.stream().map(Csv::field).collect(Collectors.joining(",")) + LINE_END;
  }

  private static String field(String text) {
    return text.chars().anyMatch(c -> c == ',' || c == '"' || c == '\r' || c == '\n')
        ? '"' + text.replace("\"", "\"\"") + '"'
        : text;
  }
}
