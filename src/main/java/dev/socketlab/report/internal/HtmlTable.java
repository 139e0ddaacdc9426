package dev.socketlab.report.internal;

import dev.socketlab.artifact.Cell;
import dev.socketlab.artifact.Column;
import dev.socketlab.artifact.Table;
import dev.socketlab.artifact.internal.CellText;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/** Writes a table of results: every cell of the JSON, keys as headings of their rows. */
final class HtmlTable {
  private static final int ROWS_WORTH_SORTING = 12;
  private static final int AS_IN_THE_RUN = -1;

  private final Table table;
  private final Set<String> reasons = new LinkedHashSet<>();

  private HtmlTable(Table table) {
    this.table = table;
  }

  static void write(Table table, String id, Markup html) {
    new HtmlTable(table).write(id, html);
  }

  private void write(String id, Markup html) {
    html.leaf("h3", table.title(), "id", id);
    List<Integer> orders = orders();
    if (orders.isEmpty()) {
      write(id, AS_IN_THE_RUN, table.rows(), html);
    } else {
      orders(id, orders, html);
    }
    remarks(html);
  }

  /** The columns by which a reader may want to sort: numbers that differ, in a long table. */
  private List<Integer> orders() {
    return table.rows().size() < ROWS_WORTH_SORTING
        ? List.of()
        : IntStream.range(0, table.columns().size())
            .filter(place ->
                table.rows().stream()
                        .map(row -> row.get(place))
                        .filter(cell -> !(cell instanceof Cell.Text))
                        .map(Cell::numbers)
                        .filter(numbers -> numbers.size() == 1)
                        .distinct()
                        .count()
                    > 1)
            .boxed()
            .toList();
  }

  /** The table in each order, of which the style sheet shows the one that a link has chosen. */
  private void orders(String id, List<Integer> orders, Markup html) {
    html.open("p", "class", "sorted").text("Sorted by ");
    html.leaf("a", "run", "href", "#" + id + "-as-run");
    for (int place : orders) {
      html.text(", ").leaf("a", table.columns().get(place).name(), "href", "#" + id + "-" + place);
    }
    html.close().open("div", "class", "orders");
    html.open("div", "class", "order", "id", id + "-as-run");
    write(id, AS_IN_THE_RUN, table.rows(), html);
    html.close();
    for (int place : orders) {
      html.open("div", "class", "order", "id", id + "-" + place);
      write(id, place, sorted(place), html);
      html.close();
    }
    html.close();
  }

  private List<List<Cell>> sorted(int place) {
    return table.rows().stream()
        .sorted(
            Comparator.comparing((List<Cell> row) -> row.get(place).numbers().isEmpty())
                .thenComparing(
                    row -> row.get(place).numbers().stream().findFirst().orElse(BigDecimal.ZERO)))
        .toList();
  }

  private void write(String id, int sortedBy, List<List<Cell>> rows, Markup html) {
    html.open("div", "class", "scroll", "tabindex", "0", "role", "region", "aria-labelledby", id);
    html.open("table", "aria-labelledby", id).open("thead").open("tr");
    for (int i = 0; i < table.columns().size(); i++) {
      heading(table.columns().get(i), i == sortedBy, html);
    }
    html.close().close().open("tbody");
    for (List<Cell> row : rows) {
      html.open("tr");
      for (int i = 0; i < row.size(); i++) {
        cell(row.get(i), table.columns().get(i), html);
      }
      html.close();
    }
    html.close().close().close();
  }

  private void heading(Column column, boolean isSorted, Markup html) {
    String style = isNumeric(column) ? "number" : "words";
    if (isSorted) {
      html.open("th", "scope", "col", "class", style, "aria-sort", "ascending");
    } else {
      html.open("th", "scope", "col", "class", style);
    }
    html.text(column.name());
    if (!column.unit().isEmpty()) {
      html.text(" ").leaf("span", column.unit(), "class", "unit");
    }
    html.close();
  }

  private void cell(Cell cell, Column column, Markup html) {
    boolean several = cell instanceof Cell.Series || cell instanceof Cell.Decimals;
    String style = several ? "trials" : isNumeric(column) ? "number" : "words";
    if (column.role() == Column.Role.KEY) {
      html.open("th", "scope", "row", "class", style);
    } else {
      html.open("td", "class", style);
    }
    html.text(CellText.of(cell));
    if (cell instanceof Cell.NotAvailable absent) {
      reasons.add(absent.reason());
      html.leaf("sup", Integer.toString(List.copyOf(reasons).indexOf(absent.reason()) + 1));
    }
    html.close();
  }

  private boolean isNumeric(Column column) {
    if (column.alignment() == Column.Alignment.LEFT) {
      return false;
    }
    int place = table.columns().indexOf(column);
    return table.rows().stream()
        .map(row -> row.get(place))
        .noneMatch(cell ->
            cell instanceof Cell.Text
                || cell instanceof Cell.Series
                || cell instanceof Cell.Decimals);
  }

  private void remarks(Markup html) {
    List<String> remarks = new ArrayList<>();
    for (Column column : table.columns()) {
      if (!column.doc().isEmpty()) {
        remarks.add(column.name() + ": " + column.doc());
      }
    }
    int number = 1;
    for (String reason : reasons) {
      remarks.add("n/a " + number++ + ": " + reason);
    }
    remarks.addAll(table.notes());
    if (!remarks.isEmpty()) {
      html.open("ul", "class", "remarks");
      remarks.forEach(remark -> html.leaf("li", remark));
      html.close();
    }
  }
}
