package dev.socketlab.report.internal;

import dev.socketlab.artifact.Cell;
import java.math.BigDecimal;
import java.util.Locale;
import java.util.stream.Collectors;

/** Cells as text, with grouped thousands and every digit that the JSON has. */
final class Figures {
  private Figures() {}

  static String show(Cell cell) {
    return switch (cell) {
      case Cell.Text text -> text.value();
      case Cell.NotAvailable _ -> "n/a";
      case Cell.Whole _, Cell.Decimal _, Cell.Series _, Cell.Decimals _ ->
          cell.numbers().stream().map(Figures::show).collect(Collectors.joining(" "));
    };
  }

  static String show(BigDecimal number) {
    return String.format(Locale.ROOT, "%,." + Math.max(0, number.scale()) + "f", number);
  }
}
