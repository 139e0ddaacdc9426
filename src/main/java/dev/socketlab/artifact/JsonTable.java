package dev.socketlab.artifact;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The JSON form of a table: a row is an object keyed by column. */
record JsonTable(
    String title, List<Column> columns, List<Map<String, Cell>> rows, List<String> notes) {

  static JsonTable of(Table table) {
    List<Map<String, Cell>> rows = new ArrayList<>();
    for (List<Cell> cells : table.rows()) {
      Map<String, Cell> row = new LinkedHashMap<>();
      for (int i = 0; i < cells.size(); i++) {
        row.put(table.columns().get(i).name(), cells.get(i));
      }
      rows.add(row);
    }
    return new JsonTable(table.title(), table.columns(), rows, table.notes());
  }

  Table table() {
    List<String> names = columns.stream().map(Column::name).toList();
    List<List<Cell>> cells = new ArrayList<>();
    for (Map<String, Cell> row : rows) {
      if (row.size() != names.size() || !row.keySet().containsAll(names)) {
        throw new IllegalArgumentException(
            "rows[%d] must have the columns %s: %s".formatted(cells.size(), names, row.keySet()));
      }
      cells.add(names.stream().map(row::get).toList());
    }
    return new Table(title, columns, cells, notes);
  }
}
