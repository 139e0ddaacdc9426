package dev.socketlab.compare.internal;

import dev.socketlab.artifact.Cell;

/** An exact figure in two runs, or the presence of a whole column of them. */
record ExactFigure(FigurePlace place, Cell before, Cell after) {

  /** A row without an exact figure may come and go: what is absent equals what has no value. */
  boolean differs() {
    return !isAbsent(before, after) && !isUndecided() && !before.equals(after);
  }

  /**
   * A figure that one run has and the other says it cannot have is not exact by nature but by luck,
   * such as calls that are no whole number per operation in each run. That is no change; a row that
   * is not there at all is.
   */
  boolean isUndecided() {
    return !before.equals(TableComparison.NO_ROW)
        && !after.equals(TableComparison.NO_ROW)
        && before instanceof Cell.NotAvailable != after instanceof Cell.NotAvailable;
  }

  /** Whether it counts as a figure that was compared. */
  boolean isCompared() {
    return !place.row().equals(FigurePlace.ALL_ROWS) && !isAbsent(before, after) && !isUndecided();
  }

  private static boolean isAbsent(Cell before, Cell after) {
    return before instanceof Cell.NotAvailable && after instanceof Cell.NotAvailable;
  }
}
