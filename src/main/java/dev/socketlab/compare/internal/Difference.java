package dev.socketlab.compare.internal;

/**
 * Something that is not the same in two runs.
 *
 * {@snippet :
 * for (Difference change : Comparison.of(before, after).changes()) {
 *   System.out.println(change.where() + ": " + change.before() + ", now " + change.after());
 * }
 * }
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
