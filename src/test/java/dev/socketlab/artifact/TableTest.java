package dev.socketlab.artifact;

import static dev.socketlab.artifact.Column.exact;
import static dev.socketlab.artifact.Column.informational;
import static dev.socketlab.artifact.Column.key;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class TableTest {
  private final Table.Builder table =
      Table.named("race mode", informational("setting"), informational("lost").in("datagrams"));

  /** In the square of its rows it took minutes. */
  @Test
  @Timeout(60)
  void aTableOfManyRowsIsBuiltInTheTimeOfItsRows() {
    Table.Builder many = Table.named("many", key("n"), informational("value"));
    for (int i = 0; i < 500_000; i++) {
      many.row(i, "x");
    }
    assertThat(many.build().rows())
        .hasSize(500_000)
        .last()
        .isEqualTo(List.of(Cell.of(499_999), Cell.of("x")));
  }

  @Test
  void aRowThatRepeatsTheKeysOfAnotherIsRefusedAtOnce() {
    Table.Builder keyed = Table.named("t", key("n"), informational("value")).row(1, "a");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> keyed.row(1, "b"))
        .withMessage(
            "table 't' has two rows with the keys [Whole[value=1]]: another key must tell them"
                + " apart");
    Table built = keyed.row(2, "a").build();
    List<Cell> row = built.rows().getFirst();
    assertThat(built.rows()).hasSize(2);
    assertThatThrownBy(() -> new Table("t", built.columns(), List.of(row, row), List.of()))
        .hasMessageContaining("two rows with the keys");
  }

  @Test
  void aRowTakesPlainValues() {
    assertThat(table.row("small", 12_318).build().rows().getFirst())
        .containsExactly(Cell.text("small"), Cell.whole(12_318));
  }

  @Test
  void noRowIsLostWhereTheResultOfACallIsNotKept() {
    table.row("small", 1);
    table.note("a note");
    table.row("large", 2);
    assertThat(table.build().rows()).hasSize(2);
    assertThat(table.build().notes()).containsExactly("a note");
  }

  @Test
  void aTableIsNeverChangedByWhatItsBuilderGetsLater() {
    Table built = table.row("small", 1).build();
    table.row("large", 2).note("a note");
    assertThat(built.rows()).hasSize(1);
    assertThat(built.notes()).isEmpty();
    assertThatThrownBy(() -> built.rows().clear())
        .isInstanceOf(UnsupportedOperationException.class);
    assertThatThrownBy(() -> built.rows().getFirst().clear())
        .isInstanceOf(UnsupportedOperationException.class);
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
  void columnsAreToldApart() {
    List<Column> columns = List.of(key("setting"), informational("lost"), exact("lost"));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Table.named("race mode", columns))
        .withMessage("table 'race mode' names a column twice: columns=[setting, lost, lost]");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Table("race mode", columns, List.of(), List.of()))
        .withMessage("table 'race mode' names a column twice: columns=[setting, lost, lost]");
  }

  @Test
  void aColumnSaysWhatItIsToAComparison() {
    Table built =
        Table.named("t", key("a"), exact("b"), Column.noisy("c"), informational("d")).build();
    assertThat(built.columns())
        .extracting(Column::role)
        .containsExactly(
            Column.Role.KEY, Column.Role.EXACT, Column.Role.NOISY, Column.Role.INFORMATIONAL);
    assertThat(built.places(Column.Role.NOISY)).containsExactly(2);
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
            Table.named("race mode", informational("setting"), informational("lost"))
                .row("small", 12_318)
                .row("large", 0)
                .build());
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
