package dev.socketlab.artifact;

/**
 * One column of a {@link Table}.
 *
 * <pre>{@code
 * Column cpu = Column.named("cpu").in("µs").meaning("on a CPU, all threads").as(Role.NOISY);
 * Table table = Table.named("Cost").key("server").column(cpu).row("redis", 41.5);
 * }</pre>
 *
 * @param name the heading, unique in its table
 * @param unit the unit of every number in the column, or empty
 * @param doc one line on what the column holds, or empty
 * @param alignment how the text form aligns it
 * @param role what it is to a comparison of two runs
 */
public record Column(String name, String unit, String doc, Alignment alignment, Role role) {
  /** Check that the column has a name. */
  public Column {
    Require.oneLineOfText(name, "the name of a column");
    Require.oneLine(unit, "the unit of column " + name);
    Require.oneLine(doc, "the documentation of column " + name);
  }

  /**
   * Name a column that is aligned by its content.
   *
   * @param name the heading
   * @return a new column
   */
  public static Column named(String name) {
    return new Column(name, "", "", Alignment.BY_CONTENT, Role.INFORMATIONAL);
  }

  /**
   * {@return this column with a unit}
   *
   * @param newUnit the unit of its numbers
   */
  public Column in(String newUnit) {
    return new Column(name, newUnit, doc, alignment, role);
  }

  /**
   * {@return this column with one line that says what it holds}
   *
   * @param newDoc what the column holds, as one line
   */
  public Column meaning(String newDoc) {
    return new Column(name, unit, newDoc, alignment, role);
  }

  /**
   * {@return this column with another alignment}
   *
   * @param newAlignment how the text form aligns the column
   */
  public Column aligned(Alignment newAlignment) {
    return new Column(name, unit, doc, newAlignment, role);
  }

  /**
   * {@return this column with another role}
   *
   * @param newRole what the column is to a comparison of two runs
   */
  public Column as(Role newRole) {
    return new Column(name, unit, doc, alignment, newRole);
  }
}
