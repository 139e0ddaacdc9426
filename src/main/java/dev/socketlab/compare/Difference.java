package dev.socketlab.compare;

/**
 * Something that is not the same in two runs.
 *
 * @param where what it is: a fact of the provenance, a mechanism, a gate, a cell of a table
 * @param before what it was
 * @param after what it is
 */
public record Difference(String where, String before, String after) {

  /** {@return one line: where, then before and after} */
  @Override
  public String toString() {
    return where + ": " + before + " → " + after;
  }
}
