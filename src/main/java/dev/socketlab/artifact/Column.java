package dev.socketlab.artifact;

import dev.socketlab.artifact.internal.Require;
import java.util.List;
import java.util.stream.IntStream;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;

/**
 * One column of a {@link Table}, named by what it is to a comparison of two runs.
 *
 * {@snippet :
 * Table.named(
 *     "Cost",
 *     Column.key("server"),
 *     Column.exact("calls").in("calls/request"),
 *     Column.noisy("cpu").in("µs").meaning("on a CPU, all threads"),
 *     Column.informational("version"));
 * }
 *
 * @param name the heading, unique in its table
 * @param unit the unit of every number in the column, or empty
 * @param doc one line on what the column holds, or empty
 * @param alignment how the text form aligns it
 * @param role what it is to a comparison of two runs
 */
@API(status = Status.MAINTAINED, since = "0.1")
public record Column(String name, String unit, String doc, Alignment alignment, Role role) {
  /** Check that the column has a name. */
  public Column {
    Require.oneLineOfText(name, "the name of a column");
    Require.oneLine(unit, "the unit of column " + name);
    Require.oneLine(doc, "the documentation of column " + name);
  }

  /**
   * Name a column that says, with the other keys, which row it is.
   *
   * @param name the heading
   * @return a new column
   */
  public static Column key(String name) {
    return of(name, Role.KEY);
  }

  /**
   * Name a column of figures that must not differ between two runs.
   *
   * @param name the heading
   * @return a new column
   */
  public static Column exact(String name) {
    return of(name, Role.EXACT);
  }

  /**
   * Name a column of figures that are judged by many trials: make its cells by {@link Cell#series}
   * or {@link Cell#decimals}.
   *
   * @param name the heading
   * @return a new column
   */
  public static Column noisy(String name) {
    return of(name, Role.NOISY);
  }

  /**
   * Name a column that is not compared.
   *
   * @param name the heading
   * @return a new column
   */
  public static Column informational(String name) {
    return of(name, Role.INFORMATIONAL);
  }

  private static Column of(String name, Role role) {
    return new Column(name, "", "", Alignment.BY_CONTENT, role);
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

  static List<Integer> places(List<Column> columns, Role role) {
    return IntStream.range(0, columns.size())
        .filter(i -> columns.get(i).role() == role)
        .boxed()
        .toList();
  }

  /**
   * How the text form aligns a column.
   *
   * {@snippet :
   * Column thread = Column.key("thread").aligned(Column.Alignment.LEFT);
   * }
   */
  public enum Alignment {
    /** Right if the column holds single numbers only, otherwise left. */
    BY_CONTENT,
    /** Flush left. */
    LEFT,
    /** Flush right. */
    RIGHT
  }

  /**
   * What a comparison of two runs does with a column.
   *
   * {@snippet :
   * Column calls = Column.exact("calls"); // a comparison reports any difference
   * }
   */
  public enum Role {
    /** A level of a factor: all keys of a row together say which row it is. */
    KEY,
    /** A figure that the code and the system decide: any difference is a change. */
    EXACT,
    /** A figure that varies from trial to trial: only many trials together tell of a change. */
    NOISY,
    /** Not to be compared. */
    INFORMATIONAL
  }
}
