package dev.socketlab.artifact;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.socketlab.artifact.internal.Require;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;
import org.jspecify.annotations.Nullable;

/**
 * One table of results. Its columns are named first, each with what it is to a comparison of two
 * runs; then its rows are added.
 *
 * {@snippet :
 * Table.Builder race =
 *     Table.named("race mode", Column.key("setting"), Column.noisy("lost").in("datagrams"));
 * race.row("small", Cell.series(12_318, 11_968));
 * race.row("large", Cell.notAvailable("rmem_max is 212992"));
 * lab.report().table(race);
 * }
 *
 * @param title the heading, unique in its artifact
 * @param columns the columns, left to right
 * @param rows the rows, top to bottom, each with one cell per column
 * @param notes remarks that belong to this table alone
 */
@API(status = Status.MAINTAINED, since = "0.1")
public record Table(String title, List<Column> columns, List<List<Cell>> rows, List<String> notes) {

  /**
   * Check that columns are named apart, that each row has one cell per column, and that no two have
   * the same keys.
   */
  public Table {
    Require.oneLineOfText(title, "the title of a table");
    columns = List.copyOf(columns);
    notes = List.copyOf(notes);
    rows = rows.stream().map(new RowCheck(title, columns)::next).toList();
  }

  /**
   * Start a table without rows.
   *
   * @param title the heading, unique in its artifact
   * @param columns the columns, left to right
   * @return a builder
   * @throws IllegalArgumentException if two columns have one name
   */
  public static Builder named(String title, Column... columns) {
    return new Builder(title, List.of(columns));
  }

  /**
   * Start a table without rows, whose columns depend on what there is to show.
   *
   * @param title the heading, unique in its artifact
   * @param columns the columns, left to right
   * @return a builder
   * @throws IllegalArgumentException if two columns have one name
   */
  public static Builder named(String title, List<Column> columns) {
    return new Builder(title, columns);
  }

  /**
   * Make a table of observations, one row each: the record's components are the columns.
   *
   * {@snippet :
   * record Queue(int backlog, long waiting) {}
   *
   * Table.of("What waits", queues);
   * }
   *
   * @param title the heading, unique in its artifact
   * @param observations records of one type, at least one
   * @return the table; its columns are informational and have no units or meanings
   * @throws IllegalArgumentException if there is no observation, or a component's value is one that
   *     {@link Builder#row} refuses
   */
  public static Table of(String title, List<? extends Record> observations) {
    if (observations.isEmpty()) {
      throw new IllegalArgumentException("table '" + title + "' has no observations");
    }
    RecordComponent[] components = observations.getFirst().getClass().getRecordComponents();
    Builder table =
        named(
            title, Arrays.stream(components).map(c -> Column.informational(c.getName())).toList());
    for (Record observation : observations) {
      table.row(
          Arrays.stream(components).map(component -> value(component, observation)).toArray());
    }
    return table.build();
  }

  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  static Table of(JsonTable json) {
    return json.table();
  }

  @JsonValue
  JsonTable json() {
    return JsonTable.of(this);
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
   * {@return the places of the columns of a role, from 0}
   *
   * @param role the role
   */
  public List<Integer> places(Column.Role role) {
    return Column.places(columns, role);
  }

  /** {@return the table as the text form of an artifact shows it below its title, line by line} */
  public List<String> toText() {
    return TableText.lines(this);
  }

  /** A table whose rows are being added. Not safe for use by several threads at a time. */
  public static final class Builder {
    private final String title;
    private final List<Column> columns;
    private final List<List<Cell>> rows = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();
    private final RowCheck check;

    private Builder(String title, List<Column> columns) {
      this.title = Require.oneLineOfText(title, "the title of a table");
      this.columns = List.copyOf(columns);
      this.check = new RowCheck(title, columns);
    }

    /**
     * Add a row.
     *
     * @param values one value per column, as {@link Cell#of(Object)} takes it
     * @return this builder
     * @throws IllegalArgumentException if there are more or fewer values than columns, a value is
     *     null or of a type that no cell holds, or another row has the same keys
     */
    public Builder row(Object... values) {
      if (Arrays.stream(values).anyMatch(Objects::isNull)) {
        throw new IllegalArgumentException(
            "table '%s', row %d has a null: use Cell.notAvailable(reason): %s"
                .formatted(title, rows.size() + 1, Arrays.toString(values)));
      }
      rows.add(check.next(Arrays.stream(values).map(Cell::of).toList()));
      return this;
    }

    /**
     * Add a remark below the table.
     *
     * @param note the remark
     * @return this builder
     */
    public Builder note(String note) {
      notes.add(Require.text(note, "a note of " + title));
      return this;
    }

    /** {@return the table with the rows that it has by now} */
    public Table build() {
      return new Table(title, columns, rows, notes);
    }
  }
}
