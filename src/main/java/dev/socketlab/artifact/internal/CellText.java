package dev.socketlab.artifact.internal;

import dev.socketlab.artifact.Cell;
import java.math.BigDecimal;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Cells as text. */
public final class CellText {
  private CellText() {}

  /**
   * Show a cell.
   *
   * @param cell the cell
   * @param number how one number is shown; those of a series are a space apart
   * @param absent what is shown for the reason of an absent value
   * @return one line
   */
  public static String of(
      Cell cell, Function<BigDecimal, String> number, Function<String, String> absent) {
    return switch (cell) {
      case Cell.Text text -> text.value();
      case Cell.NotAvailable missing -> absent.apply(missing.reason());
      case Cell.Whole _, Cell.Decimal _, Cell.Series _, Cell.Decimals _ ->
          cell.numbers().stream().map(number).collect(Collectors.joining(" "));
    };
  }

  /** Show a cell to a reader who finds the reason of an absent value elsewhere. */
  public static String of(Cell cell) {
    return of(cell, CellText::grouped, _ -> "n/a");
  }

  /** A number for a reader: grouped thousands, and every digit that the JSON has. */
  public static String grouped(BigDecimal number) {
    return String.format(Locale.ROOT, "%,." + Math.max(0, number.scale()) + "f", number);
  }
}
