package dev.socketlab.artifact;

import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * One table of results. Tables are immutable: each call returns a new one, so that a table can be
 * written down as it reads.
 *
 * <pre>{@code
 * Table.named("race mode")
 *     .column("setting")
 *     .column("lost", "datagrams")
 *     .row("small", 12_318)
 *     .row("large", Cell.notAvailable("rmem_max is 212992"));
 * }</pre>
 *
 * @param title the heading, unique in its artifact
 * @param columns the columns, left to right
 * @param rows the rows, top to bottom, each with one cell per column
 * @param notes remarks that belong to this table alone
 */
public record Table(String title, List<Column> columns, List<List<Cell>> rows, List<String> notes) {

  /** Check that columns are named apart and that each row has one cell per column. */
  public Table {
    Require.oneLineOfText(title, "the title of a table");
    columns = List.copyOf(columns);
    rows = rows.stream().map(List::copyOf).toList();
    notes = List.copyOf(notes);
    List<String> names = columns.stream().map(Column::name).toList();
    if (names.stream().distinct().count() < names.size()) {
      throw new IllegalArgumentException(
          "table '" + title + "' names a column twice: columns=" + names);
    }
    for (int i = 0; i < rows.size(); i++) {
      if (rows.get(i).size() != columns.size()) {
        throw new IllegalArgumentException(
            "table '%s' has %d columns %s, but row %d has %d cells: %s"
                .formatted(title, columns.size(), names, i + 1, rows.get(i).size(), rows.get(i)));
      }
    }
    requireDistinctKeys(title, columns, rows);
  }

  /**
   * Start a table without columns and rows.
   *
   * @param title the heading, unique in its artifact
   * @return an empty table
   */
  public static Table named(String title) {
    return new Table(title, List.of(), List.of(), List.of());
  }

  /**
   * Make a table of observations, one row each: the record's components are the columns.
   *
   * <pre>{@code
   * record Queue(int backlog, long waiting) {}
   *
   * Table.of("What waits", queues);
   * }</pre>
   *
   * @param title the heading, unique in its artifact
   * @param observations records of one type, at least one
   * @return the table; its columns have no units, meanings or roles
   * @throws IllegalArgumentException if there is no observation, or a component's value is one that
   *     {@link #row} refuses
   */
  public static Table of(String title, List<? extends Record> observations) {
    if (observations.isEmpty()) {
      throw new IllegalArgumentException("table '" + title + "' has no observations");
    }
    RecordComponent[] components = observations.getFirst().getClass().getRecordComponents();
    Table table = named(title);
    for (RecordComponent component : components) {
      table = table.column(component.getName());
    }
    for (Record observation : observations) {
      table =
          table.row(
              Arrays.stream(components).map(component -> value(component, observation)).toArray());
    }
    return table;
  }

  private static @Nullable Object value(RecordComponent component, Record observation) {
    try {
      Method accessor = component.getAccessor();
      accessor.setAccessible(true);
      return accessor.invoke(observation);
    } catch (ReflectiveOperationException failure) {
      throw new IllegalArgumentException(
          "cannot read " + component + " of " + observation, failure);
    }
  }

  /**
   * {@return this table with one more column}
   *
   * @param name the heading
   */
  public Table column(String name) {
    return column(Column.named(name));
  }

  /**
   * {@return this table with one more column, whose numbers are in a unit}
   *
   * @param name the heading
   * @param unit the unit of its numbers
   */
  public Table column(String name, String unit) {
    return column(Column.named(name).in(unit));
  }

  /**
   * {@return this table with one more column, its unit, and one line that says what it holds}
   *
   * @param name the heading
   * @param unit the unit of its numbers
   * @param doc what the column holds, as one line
   */
  public Table column(String name, String unit, String doc) {
    return column(Column.named(name).in(unit).meaning(doc));
  }

  /**
   * {@return this table with one more column, which says with the other keys which row it is}
   *
   * @param name the heading
   */
  public Table key(String name) {
    return column(Column.named(name).as(Role.KEY));
  }

  /**
   * {@return this table with one more key, whose numbers are in a unit}
   *
   * @param name the heading
   * @param unit the unit of its numbers
   */
  public Table key(String name, String unit) {
    return column(Column.named(name).in(unit).as(Role.KEY));
  }

  /**
   * {@return this table with one more column, of figures that must not differ between two runs}
   *
   * @param name the heading
   * @param unit the unit of its numbers, or empty
   * @param doc what the column holds, as one line, or empty
   */
  public Table exact(String name, String unit, String doc) {
    return column(Column.named(name).in(unit).meaning(doc).as(Role.EXACT));
  }

  /**
   * {@return this table with one more column, of figures that are judged by many trials: make its
   * cells by {@link Cell#series} or {@link Cell#decimals}}
   *
   * @param name the heading
   * @param unit the unit of its numbers, or empty
   * @param doc what the column holds, as one line, or empty
   */
  public Table noisy(String name, String unit, String doc) {
    return column(Column.named(name).in(unit).meaning(doc).as(Role.NOISY));
  }

  /**
   * Return this table with one more column.
   *
   * @param column the column
   * @return a new table
   * @throws IllegalStateException if the table has rows already
   */
  public Table column(Column column) {
    if (!rows.isEmpty()) {
      throw new IllegalStateException(
          "table '%s' has rows already: name column '%s' before the first row"
              .formatted(title, column.name()));
    }
    return new Table(title, append(columns, column), rows, notes);
  }

  /**
   * Return this table with one more row.
   *
   * @param values one value per column, as {@link Cell#of(Object)} takes it
   * @return a new table
   * @throws IllegalArgumentException if there are more or fewer values than columns, or a value is
   *     null or of a type that no cell holds
   */
  public Table row(Object... values) {
    if (Arrays.stream(values).anyMatch(Objects::isNull)) {
      throw new IllegalArgumentException(
          "table '%s', row %d has a null: use Cell.notAvailable(reason): %s"
              .formatted(title, rows.size() + 1, Arrays.toString(values)));
    }
    return new Table(
        title, columns, append(rows, Arrays.stream(values).map(Cell::of).toList()), notes);
  }

  /**
   * {@return this table with a remark below it}
   *
   * @param note the remark
   */
  public Table note(String note) {
    return new Table(title, columns, rows, append(notes, Require.text(note, "a note of " + title)));
  }

  /**
   * {@return the places of the columns of a role, from 0}
   *
   * @param role the role
   */
  public List<Integer> places(Role role) {
    return places(columns, role);
  }

  private static List<Integer> places(List<Column> columns, Role role) {
    return IntStream.range(0, columns.size())
        .filter(i -> columns.get(i).role() == role)
        .boxed()
        .toList();
  }

  private static void requireDistinctKeys(
      String title, List<Column> columns, List<List<Cell>> rows) {
    List<Integer> keys = places(columns, Role.KEY);
    Set<List<Cell>> seen = new HashSet<>();
    for (List<Cell> row : rows) {
      List<Cell> key = keys.stream().map(row::get).toList();
      if (!keys.isEmpty() && !seen.add(key)) {
        throw new IllegalArgumentException(
            "table '%s' has two rows with the keys %s: another key must tell them apart"
                .formatted(title, key));
      }
    }
  }

  private static <T> List<T> append(List<T> list, T last) {
    List<T> longer = new ArrayList<>(list);
    longer.add(last);
    return longer;
  }
}
