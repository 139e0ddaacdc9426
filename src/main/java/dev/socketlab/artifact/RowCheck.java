package dev.socketlab.artifact;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What each row of a table must be: as wide as the table, and told apart by its keys. */
final class RowCheck {
  private final String title;
  private final List<String> columns;
  private final List<Integer> keys;
  private final Set<List<Cell>> seen = new HashSet<>();
  private int rows;

  RowCheck(String title, List<Column> columns) {
    this.title = title;
    this.columns = columns.stream().map(Column::name).toList();
    this.keys = Column.places(columns, Column.Role.KEY);
    if (Set.copyOf(this.columns).size() < columns.size()) {
      throw new IllegalArgumentException(
          "table '" + title + "' names a column twice: columns=" + this.columns);
    }
  }

  /** Return the next row as one that nobody changes, or refuse it. */
  List<Cell> next(List<Cell> row) {
    if (row.size() != columns.size()) {
      throw new IllegalArgumentException(
          "table '%s' has %d columns %s, but row %d has %d cells: %s"
              .formatted(title, columns.size(), columns, rows + 1, row.size(), row));
    }
    List<Cell> key = keys.stream().map(row::get).toList();
    if (!keys.isEmpty() && !seen.add(key)) {
      throw new IllegalArgumentException(
          "table '%s' has two rows with the keys %s: another key must tell them apart"
              .formatted(title, key));
    }
    rows++;
    return List.copyOf(row);
  }
}
