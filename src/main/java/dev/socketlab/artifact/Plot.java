package dev.socketlab.artifact;

import dev.socketlab.artifact.internal.Require;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;

/**
 * How to draw a table. A plot holds no figures: all that is drawn stands in the table.
 *
 * {@snippet :
 * Plot.lines("Sessions per second", "Load").x("clients").y("sessions/s").by("transport").withLogX();
 * Plot.stackedBars("CPU by role", "Threads").x("transport").y("on a CPU").by("role");
 * }
 *
 * @param title the heading, unique in its artifact
 * @param table the title of the table
 * @param kind how it is drawn
 * @param x the columns along the horizontal axis: one column of numbers for lines, any number of
 *     columns for bars
 * @param y the columns of figures, of one unit; a cell with several trials is drawn with its spread
 * @param by the column whose values are told apart by colour, or empty
 * @param logX whether the horizontal axis of lines is logarithmic
 */
@API(status = Status.MAINTAINED, since = "0.1")
public record Plot(
    String title,
    String table,
    Kind kind,
    List<String> x,
    List<String> y,
    String by,
    boolean logX) {

  /** How a plot is drawn. */
  public enum Kind {
    /** Points over a number, joined by lines. */
    LINES,
    /** Bars over groups, side by side. */
    BARS,
    /** Bars over groups, on top of each other, because their sum has a meaning. */
    STACKED_BARS
  }

  /** Check that the plot is named. */
  public Plot {
    Require.oneLineOfText(title, "the title of a plot");
    Require.oneLineOfText(table, "the table of plot " + title);
    Require.oneLine(by, "the column by which plot " + title + " tells apart");
    x = List.copyOf(x);
    y = List.copyOf(y);
    if (kind == Kind.LINES && x.size() > 1) {
      throw new IllegalArgumentException(
          "plot '%s' is of lines over one column: x=%s".formatted(title, x));
    }
  }

  /**
   * Draw lines over a number.
   *
   * @param title the heading, unique in its artifact
   * @param table the title of the table
   * @return a plot without columns
   */
  public static Plot lines(String title, String table) {
    return new Plot(title, table, Kind.LINES, List.of(), List.of(), "", false);
  }

  /**
   * Draw bars side by side.
   *
   * @param title the heading, unique in its artifact
   * @param table the title of the table
   * @return a plot without columns
   */
  public static Plot bars(String title, String table) {
    return new Plot(title, table, Kind.BARS, List.of(), List.of(), "", false);
  }

  /**
   * Draw bars on top of each other.
   *
   * @param title the heading, unique in its artifact
   * @param table the title of the table
   * @return a plot without columns
   */
  public static Plot stackedBars(String title, String table) {
    return new Plot(title, table, Kind.STACKED_BARS, List.of(), List.of(), "", false);
  }

  /**
   * {@return this plot with one more column along the horizontal axis}
   *
   * @param column the heading of the column
   */
  public Plot x(String column) {
    return new Plot(title, table, kind, plus(x, column), y, by, logX);
  }

  /**
   * {@return this plot with one more column of figures}
   *
   * @param column the heading of the column
   */
  public Plot y(String column) {
    return new Plot(title, table, kind, x, plus(y, column), by, logX);
  }

  /**
   * {@return this plot with the values of a column told apart by colour}
   *
   * @param column the heading of the column
   */
  public Plot by(String column) {
    return new Plot(title, table, kind, x, y, column, logX);
  }

  /** {@return this plot with a logarithmic horizontal axis, for levels that are multiplied} */
  public Plot withLogX() {
    return new Plot(title, table, kind, x, y, by, true);
  }

  /** Refuse a plot of what the table does not have. */
  void requireDrawable(List<Table> tables) {
    Table drawn =
        tables.stream()
            .filter(candidate -> candidate.title().equals(table))
            .findFirst()
            .orElseThrow(() ->
                new IllegalArgumentException(
                    "plot '%s' is of a table that is not there: table=%s, tables=%s"
                        .formatted(title, table, tables.stream().map(Table::title).toList())));
    if (x.isEmpty() || y.isEmpty()) {
      throw new IllegalArgumentException(
          "plot '%s' needs columns for both axes: x=%s, y=%s".formatted(title, x, y));
    }
    List<String> names = drawn.columns().stream().map(Column::name).toList();
    Stream.of(x.stream(), y.stream(), Stream.of(by).filter(column -> !column.isEmpty()))
        .flatMap(columns -> columns)
        .filter(column -> !names.contains(column))
        .findFirst()
        .ifPresent(column -> {
          throw new IllegalArgumentException(
              "plot '%s' is of a column that table '%s' does not have: column=%s, columns=%s"
                  .formatted(title, table, column, names));
        });
  }

  private static List<String> plus(List<String> columns, String column) {
    List<String> more = new ArrayList<>(columns);
    more.add(column);
    return more;
  }
}
