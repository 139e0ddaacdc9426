package dev.socketlab.artifact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.Test;

class TableTest {
  private final Table table =
      Table.named("race mode").column("setting").column("lost", "datagrams");

  @Test
  void aRowTakesPlainValues() {
    assertThat(table.row("small", 12_318).rows().getFirst())
        .containsExactly(Cell.text("small"), Cell.whole(12_318));
  }

  @Test
  void aTableIsNeverChangedByBuildingOnIt() {
    Table unused = table.row("small", 1).note("a note");
    assertThat(unused.rows()).hasSize(1);
    assertThat(table.rows()).isEmpty();
    assertThat(table.notes()).isEmpty();
  }

  @Test
  void aRowOfTheWrongLengthSaysWhichAndWhatWasWanted() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> table.row("small", 1).row("large"))
        .withMessage(
            "table 'race mode' has 2 columns [setting, lost], but row 2 has 1 cells:"
                + " [Text[value=large]]");
  }

  @Test
  void aNullIsNoValue() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> table.row(nothing(), 1))
        .withMessage(
            "table 'race mode', row 1 has a null: use Cell.notAvailable(reason): [null, 1]");
  }

  @Test
  void columnsComeBeforeRowsAndAreToldApart() {
    assertThatIllegalStateException()
        .isThrownBy(() -> table.row("small", 1).column("late"))
        .withMessage("table 'race mode' has rows already: name column 'late' before the first row");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> table.column("lost"))
        .withMessage("table 'race mode' names a column twice: columns=[setting, lost, lost]");
  }

  @Test
  void cellsKeepWhatTheyWereGiven() {
    assertThat(Cell.of(new BigDecimal("1.50"))).isEqualTo(new Cell.Decimal(new BigDecimal("1.50")));
    assertThat(Cell.of(new BigDecimal("1E+3"))).isEqualTo(Cell.whole(1000));
    assertThat(Cell.of(true)).isEqualTo(Cell.text("yes"));
    assertThat(Cell.of(Verdict.HOLDS)).isEqualTo(Cell.text("HOLDS"));
    assertThat(Cell.decimal(2.345, 2)).isEqualTo(new Cell.Decimal(new BigDecimal("2.35")));
    assertThat(Cell.decimal(2.5, 0)).isEqualTo(Cell.whole(3));
  }

  @Test
  void aSeriesHoldsWholeNumbersOnly() {
    assertThat(Cell.series(List.of(1, 2L))).isEqualTo(Cell.series(1, 2));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Cell.series(List.of(1.5)))
        .withMessage("a series holds whole numbers only: 1.5");
  }

  @Test
  void aDoubleMustStateItsDecimals() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> table.row("small", 0.1))
        .withMessage("say how many decimals to publish: Cell.decimal(0.1, 2)");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Cell.decimal(Double.NaN, 1))
        .withMessage("NaN is not a number to publish: use Cell.notAvailable(reason)");
  }

  @Test
  void aCellIsOneLineAndAnAbsenceHasAReason() {
    assertThatIllegalArgumentException().isThrownBy(() -> Cell.text("two\nlines"));
    assertThatIllegalArgumentException().isThrownBy(() -> Cell.notAvailable(" "));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Cell.of(new Object()))
        .withMessage("no cell can hold a Object: use text or a number");
  }

  @SuppressWarnings("NullAway")
  private static Object nothing() {
    return null;
  }

  private record Observation(Object setting, long lost) {}

  @Test
  void recordsAreRowsAndTheirComponentsColumns() {
    assertThat(
            Table.of(
                "race mode",
                List.of(new Observation("small", 12_318), new Observation("large", 0))))
        .isEqualTo(
            Table.named("race mode")
                .column("setting")
                .column("lost")
                .row("small", 12_318)
                .row("large", 0));
  }

  @Test
  void withoutObservationsThereAreNoColumns() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Table.of("race mode", List.of()))
        .withMessage("table 'race mode' has no observations");
  }

  @Test
  void aComponentIsAValueOfACell() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Table.of("race mode", List.of(new Observation(nothing(), 1))))
        .withMessageStartingWith("table 'race mode', row 1 has a null");
  }
}
