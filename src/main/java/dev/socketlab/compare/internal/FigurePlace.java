package dev.socketlab.compare.internal;

/**
 * Where a figure stands.
 *
 * @param table the title of its table
 * @param row the keys of its row and their values, or {@link #ALL_ROWS}
 * @param column the name of its column, and the unit
 */
record FigurePlace(String table, String row, String column) {
  /** In place of a row: what is meant is the whole column. */
  static final String ALL_ROWS = "";

  @Override
  public String toString() {
    return row.equals(ALL_ROWS)
        ? "%s, column %s".formatted(table, column)
        : "%s [%s] %s".formatted(table, row, column);
  }
}
