package dev.socketlab.report.internal;

import dev.socketlab.artifact.Cell;
import dev.socketlab.artifact.Column;
import dev.socketlab.artifact.Table;
import dev.socketlab.artifact.internal.CellText;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Writes a table of results: every cell of the JSON, keys as headings of their rows. */
final class HtmlTable {
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
    html.open("div", "class", "scroll", "tabindex", "0", "role", "region", "aria-labelledby", id);
    html.open("table", "aria-labelledby", id).open("thead").open("tr");
    table.columns().forEach(column -> heading(column, html));
    html.close().close().open("tbody");
    for (List<Cell> row : table.rows()) {
      html.open("tr");
      for (int i = 0; i < row.size(); i++) {
        cell(row.get(i), table.columns().get(i), html);
      }
      html.close();
    }
    html.close().close().close();
    remarks(html);
  }

  private void heading(Column column, Markup html) {
    html.open("th", "scope", "col", "class", isNumeric(column) ? "number" : "words");
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
