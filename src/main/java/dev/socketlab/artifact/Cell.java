package dev.socketlab.artifact;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.socketlab.artifact.internal.Require;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;

/**
 * One value in a {@link Table}: text, numbers that stay numbers, or a stated absence.
 *
 * {@snippet :
 * table.row("small", 4096, Cell.decimal(71.9, 1), Cell.series(0, 3, 0));
 * table.row("large", Cell.notAvailable("rmem_max is 212992"), 0, 0);
 * }
 */
@API(status = Status.MAINTAINED, since = "0.1")
public sealed interface Cell {
  /**
   * One line of text.
   *
   * @param value the text; may be empty
   */
  record Text(@JsonValue String value) implements Cell {
    /** Check that the text is one line. */
    public Text {
      Require.oneLine(value, "a text cell");
    }
  }

  /**
   * A whole number.
   *
   * @param value the number
   */
  record Whole(@JsonValue long value) implements Cell {}

  /**
   * A number with a fixed count of decimals, which is the scale of the value.
   *
   * @param value the number, with at least one decimal
   */
  record Decimal(@JsonValue BigDecimal value) implements Cell {
    /** Check that the number has decimals, so that it reads back as what it was. */
    public Decimal {
      if (value.scale() < 1) {
        throw new IllegalArgumentException(
            "a decimal cell needs at least one decimal, use a whole number: " + value);
      }
    }
  }

  /**
   * Whole numbers that belong together, such as one per trial.
   *
   * @param values the numbers, in the order in which they were observed
   */
  record Series(@JsonValue List<Long> values) implements Cell {
    @SuppressWarnings("doclint:missing")
    public Series {
      values = List.copyOf(values);
    }
  }

  /**
   * Numbers with decimals that belong together, such as one per trial.
   *
   * @param values the numbers, in the order in which they were observed, each with decimals
   */
  record Decimals(@JsonValue List<BigDecimal> values) implements Cell {
    @SuppressWarnings("doclint:missing")
    public Decimals {
      values = List.copyOf(values);
      values.forEach(Decimal::new);
      if (values.isEmpty()) {
        throw new IllegalArgumentException("without numbers, use Cell.notAvailable(reason)");
      }
    }
  }

  /**
   * A value that was not available, and why.
   *
   * @param reason the reason, shown as a footnote of the table
   */
  record NotAvailable(@JsonProperty("notAvailable") String reason) implements Cell {
    /** Check that a reason is given. */
    public NotAvailable {
      Require.oneLineOfText(reason, "the reason of an n/a cell");
    }
  }

  /**
   * Make a cell of one line of text.
   *
   * @param value the value
   * @return the cell
   */
  static Cell text(String value) {
    return new Text(value);
  }

  /**
   * Make a cell of a whole number.
   *
   * @param value the value
   * @return the cell
   */
  static Cell whole(long value) {
    return new Whole(value);
  }

  /**
   * Make a cell of whole numbers that belong together, such as one per trial.
   *
   * @param values the numbers, in the order in which they were observed
   * @return the cell
   */
  static Cell series(Collection<? extends Number> values) {
    return new Series(values.stream().map(Cell::exactly).toList());
  }

  /**
   * Make a cell of whole numbers that belong together.
   *
   * @param values the numbers, in the order in which they were observed
   * @return the cell
   */
  static Cell series(long... values) {
    return new Series(Arrays.stream(values).boxed().toList());
  }

  /**
   * Make a cell of numbers that belong together, each rounded half up.
   *
   * @param decimals how many digits follow the point, at least 1
   * @param values the numbers, in the order in which they were observed
   * @return the cell
   */
  static Cell decimals(int decimals, double... values) {
    return new Decimals(
        Arrays.stream(values)
            .mapToObj(value -> BigDecimal.valueOf(value).setScale(decimals, RoundingMode.HALF_UP))
            .toList());
  }

  /**
   * Make a cell of a number rounded half up to a fixed count of decimals; with none, the cell is a
   * whole number.
   *
   * @param value the value
   * @param decimals how many digits follow the point
   * @return the cell
   * @throws IllegalArgumentException if the value is not finite, or the count negative
   */
  static Cell decimal(double value, int decimals) {
    if (!Double.isFinite(value)) {
      throw new IllegalArgumentException(
          value + " is not a number to publish: use Cell.notAvailable(reason)");
    }
    return decimal(BigDecimal.valueOf(value), decimals);
  }

  /**
   * Make a cell of an exact number, as {@link #decimal(double, int)} does.
   *
   * @param value the value
   * @param decimals how many digits follow the point
   * @return the cell
   */
  static Cell decimal(BigDecimal value, int decimals) {
    if (decimals < 0) {
      throw new IllegalArgumentException("decimals must not be negative: decimals=" + decimals);
    }
    BigDecimal rounded = value.setScale(decimals, RoundingMode.HALF_UP);
    return decimals == 0 ? new Whole(rounded.longValueExact()) : new Decimal(rounded);
  }

  /**
   * Make a cell that says {@code n/a}, with the reason as a footnote of the table.
   *
   * @param reason why there is no value, as one line
   * @return the cell
   */
  static Cell notAvailable(String reason) {
    return new NotAvailable(reason);
  }

  /**
   * Make the cell that a plain Java value stands for: a cell stays itself, integers are whole
   * numbers, a {@link BigDecimal} keeps its scale, and texts, enums and booleans are text.
   *
   * @param value the value
   * @return the cell
   * @throws IllegalArgumentException for a {@code double} or {@code float}, whose decimals the
   *     caller must state, and for any other type
   */
  static Cell of(Object value) {
    return switch (value) {
      case Cell cell -> cell;
      case CharSequence text -> new Text(text.toString());
      case Long number -> new Whole(number);
      case Integer number -> new Whole(number);
      case Short number -> new Whole(number);
      case Byte number -> new Whole(number);
      case BigDecimal number -> decimal(number, Math.max(0, number.scale()));
      case Enum<?> constant -> new Text(constant.toString());
      case Boolean truth -> new Text(truth ? "yes" : "no");
      case Double number -> throw statedDecimals(number);
      case Float number -> throw statedDecimals(number);
      default ->
          throw new IllegalArgumentException(
              "no cell can hold a " + value.getClass().getSimpleName() + ": use text or a number");
    };
  }

  /** {@return the numbers of the cell: none, one or several} */
  default List<BigDecimal> numbers() {
    return switch (this) {
      case Whole number -> List.of(BigDecimal.valueOf(number.value()));
      case Decimal number -> List.of(number.value());
      case Series series -> series.values().stream().map(BigDecimal::valueOf).toList();
      case Decimals series -> series.values();
      case Text _, NotAvailable _ -> List.of();
    };
  }

  private static long exactly(Number number) {
    return switch (number) {
      case Long _, Integer _, Short _, Byte _ -> number.longValue();
      default -> throw new IllegalArgumentException("a series holds whole numbers only: " + number);
    };
  }

  private static IllegalArgumentException statedDecimals(Number number) {
    return new IllegalArgumentException(
        "say how many decimals to publish: Cell.decimal(" + number + ", 2)");
  }

  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  private static Cell ofJson(Object value) {
    return switch (value) {
      case String text -> new Text(text);
      case Integer number -> new Whole(number);
      case Long number -> new Whole(number);
      case BigDecimal number -> new Decimal(number);
      case List<?> numbers when !numbers.isEmpty() && all(numbers, BigDecimal.class) ->
          new Decimals(numbers.stream().map(BigDecimal.class::cast).toList());
      case List<?> numbers when all(numbers, Integer.class, Long.class) ->
          new Series(numbers.stream().map(n -> ((Number) n).longValue()).toList());
      case Map<?, ?> absent
          when absent.size() == 1 && absent.get("notAvailable") instanceof String reason ->
          new NotAvailable(reason);
      default ->
          throw new IllegalArgumentException(
              "must be a text, a number, whole numbers, numbers with decimals or"
                  + " {\"notAvailable\": reason}: "
                  + value);
    };
  }

  private static boolean all(List<?> values, Class<?>... types) {
    return values.stream().allMatch(value -> Stream.of(types).anyMatch(t -> t.isInstance(value)));
  }
}
