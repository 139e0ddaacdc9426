package dev.socketlab.report.internal;

import dev.socketlab.artifact.Artifact;
import dev.socketlab.artifact.Cell;
import dev.socketlab.artifact.Plot;
import dev.socketlab.artifact.Table;
import dev.socketlab.artifact.internal.CellText;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What a plot draws, read from its table.
 *
 * @param xTitle the horizontal columns with their unit
 * @param yTitle the vertical columns with their unit
 * @param groups the places along the horizontal axis, in the order of the table
 * @param series what is told apart by colour
 */
record PlotData(String xTitle, String yTitle, List<String> groups, List<Series> series) {

  /**
   * Points that belong together.
   *
   * @param name what tells them apart
   * @param points in the order of the table
   */
  record Series(String name, List<Point> points) {}

  /**
   * One or several trials at one place.
   *
   * @param group the place
   * @param trials at least one number
   */
  record Point(String group, List<BigDecimal> trials) {
    double x() {
      return Double.parseDouble(group.replace(",", ""));
    }

    double low() {
      return trials.stream().mapToDouble(BigDecimal::doubleValue).min().orElseThrow();
    }

    double high() {
      return trials.stream().mapToDouble(BigDecimal::doubleValue).max().orElseThrow();
    }

    double median() {
      List<Double> sorted = trials.stream().map(BigDecimal::doubleValue).sorted().toList();
      int middle = sorted.size() / 2;
      return sorted.size() % 2 == 1
          ? sorted.get(middle)
          : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }

    String show() {
      return trials.stream().map(CellText::grouped).collect(Collectors.joining(" "));
    }
  }

  static PlotData of(Plot plot, Artifact artifact) {
    Table table =
        artifact.tables().stream()
            .filter(candidate -> candidate.title().equals(plot.table()))
            .findFirst()
            .orElseThrow();
    LinkedHashSet<String> groups = new LinkedHashSet<>();
    Map<String, List<Point>> series = new LinkedHashMap<>();
    for (List<Cell> row : drawable(plot, table)) {
      String group =
          plot.x().stream()
              .map(column -> CellText.of(row.get(place(table, column))))
              .collect(Collectors.joining(", "));
      for (String column : plot.y()) {
        List<BigDecimal> numbers = row.get(place(table, column)).numbers();
        if (!numbers.isEmpty()) {
          groups.add(group);
          series
              .computeIfAbsent(name(plot, table, row, column), _ -> new ArrayList<>())
              .add(new Point(group, numbers));
        }
      }
    }
    return new PlotData(
        titles(table, plot.x()),
        titles(table, plot.y()),
        List.copyOf(groups),
        series.entrySet().stream().map(e -> new Series(e.getKey(), e.getValue())).toList());
  }

  double highest() {
    return series.stream()
        .flatMap(s -> s.points().stream())
        .mapToDouble(Point::high)
        .max()
        .orElse(0);
  }

  double lowest() {
    return series.stream()
        .flatMap(s -> s.points().stream())
        .mapToDouble(Point::low)
        .min()
        .orElse(0);
  }

  /** Lines can only be drawn over a number: a row whose x is not available has no place. */
  private static List<List<Cell>> drawable(Plot plot, Table table) {
    return plot.kind() == Plot.Kind.LINES
        ? table.rows().stream()
            .filter(row -> row.get(place(table, plot.x().getFirst())).numbers().size() == 1)
            .toList()
        : table.rows();
  }

  private static String name(Plot plot, Table table, List<Cell> row, String column) {
    String level = plot.by().isEmpty() ? "" : CellText.of(row.get(place(table, plot.by())));
    if (plot.y().size() == 1) {
      return level.isEmpty() ? column : level;
    }
    return level.isEmpty() ? column : level + ", " + column;
  }

  private static String titles(Table table, List<String> columns) {
    List<String> units =
        columns.stream()
            .map(column -> table.columns().get(place(table, column)).unit())
            .filter(unit -> !unit.isEmpty())
            .distinct()
            .toList();
    String names = String.join(", ", columns);
    return units.isEmpty() ? names : names + " (" + String.join(", ", units) + ")";
  }

  private static int place(Table table, String column) {
    return table.columns().stream().map(c -> c.name()).toList().indexOf(column);
  }
}
