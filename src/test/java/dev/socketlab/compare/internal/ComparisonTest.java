package dev.socketlab.compare.internal;

import static dev.socketlab.artifact.Column.exact;
import static dev.socketlab.artifact.Column.informational;
import static dev.socketlab.artifact.Column.key;
import static dev.socketlab.assertion.LabAssertions.assertThat;
import static dev.socketlab.compare.internal.SampleRuns.calls;
import static dev.socketlab.compare.internal.SampleRuns.noisy;
import static dev.socketlab.compare.internal.SampleRuns.on;
import static dev.socketlab.compare.internal.SampleRuns.orderEntry;
import static dev.socketlab.compare.internal.SampleRuns.run;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.socketlab.artifact.Artifact;
import dev.socketlab.artifact.Cell;
import dev.socketlab.artifact.Column;
import dev.socketlab.artifact.MechanismVerdict;
import dev.socketlab.artifact.Table;
import java.time.Instant;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ComparisonTest {

  private static final double[] LOW = {10.1, 10.2, 10.3, 10.4, 10.5};
  private static final double[] HIGH = {20.1, 20.2, 20.3, 20.4, 20.5};

  @Test
  void equalRunsAreUnchanged() {
    Comparison comparison = Comparison.of(run(calls(1)), run(calls(1)));
    assertThat(comparison.changed()).isFalse();
    assertThat(comparison.exactFigures()).isEqualTo(2);
    assertThat(comparison.context()).isEmpty();
    assertThat(comparison.toText())
        .startsWith(
            """
            order-entry: unchanged (1 verdicts, 1 gates and 2 exact figures compared, 0 noisy ones \
            judged)
            """);
    assertThat(run(calls(1))).isUnchangedSince(run(calls(1)));
  }

  @Test
  void anExactFigureThatDiffersIsAChange() {
    Comparison comparison = Comparison.of(run(calls(1)), run(calls(2)));
    assertThat(comparison.changed()).isTrue();
    assertThat(comparison.changes())
        .containsExactly(new Difference("Calls [call=write] whole (calls)", "1", "2"));
    assertThatThrownBy(() -> assertThat(run(calls(2))).isUnchangedSince(run(calls(1))))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("Calls [call=write] whole (calls): 1 → 2");
  }

  @Test
  void whatIsNotDeclaredExactMayDiffer() {
    Table other =
        Table.named(
                "Calls", key("call"), exact("whole").in("calls"), informational("time").in("µs"))
            .row("write", 1, 99_999)
            .row("read", 2, 99_999)
            .row("futex", Cell.notAvailable("another reason"), 99_999)
            .build();
    assertThat(Comparison.of(run(calls(1)), run(other)).changed()).isFalse();
  }

  private static Table.Builder byCall() {
    return Table.named("Calls", key("call"), exact("whole").in("calls"));
  }

  @Test
  void aRowIsFoundByItsKeysWhereverItStands() {
    Table turned = byCall().row("read", 2).row("write", 1).build();
    assertThat(Comparison.of(run(calls(1)), run(turned)).changed()).isFalse();
  }

  @Test
  void aRowThatComesOrGoesIsAChangeIfItHasAnExactFigure() {
    Table fewer = byCall().row("read", 2).build();
    assertThat(Comparison.of(run(calls(1)), run(fewer)).changes())
        .containsExactly(
            new Difference("Calls [call=write] whole (calls)", "1", "n/a (no such row)"));
    assertThat(Comparison.of(run(fewer), run(calls(1))).changed()).isTrue();
  }

  /** Calls that are no whole number per operation in one run are that by luck in the other. */
  @Test
  void aFigureThatOneRunCannotHaveIsNamedAndNoChange() {
    Cell noWhole = Cell.notAvailable("no whole number of calls per operation");
    Table one = byCall().row("read", 2).row("write", 1).build();
    Comparison comparison =
        Comparison.of(run(byCall().row("read", 2).row("write", noWhole).build()), run(one));
    assertThat(comparison.changed()).isFalse();
    assertThat(comparison.exactFigures()).isEqualTo(1);
    assertThat(comparison.notCompared())
        .containsExactly(
            "Calls [call=write] whole (calls): n/a (no whole number of calls per operation) → 1");
    Comparison oneMore =
        Comparison.of(run(one), run(byCall().row("read", 3).row("write", 1).build()));
    assertThat(oneMore.changes())
        .containsExactly(new Difference("Calls [call=read] whole (calls)", "2", "3"));
  }

  @Test
  void verdictsAndGatesAreExact() {
    Artifact before = run(calls(1));
    Artifact after =
        orderEntry()
            .mechanism(MechanismVerdict.failed(1, "one write", "two"))
            .gate(new Artifact.GateLine("strace", "calls", false, "not found"))
            .table(calls(1))
            .build();
    assertThat(Comparison.of(before, after).changes())
        .containsExactly(
            new Difference("mechanism \"one write\"", "HOLDS", "FAILED"),
            new Difference("gate strace (calls)", "open", "CLOSED"));
  }

  @Test
  void noisyFiguresAreChangedOnlyWhereTheRankTestSeparatesThem() {
    Comparison separable = Comparison.of(run(noisy(LOW)), run(noisy(HIGH)));
    assertThat(separable.changed()).isTrue();
    assertThat(separable.separable())
        .singleElement()
        .hasToString(
            "Load [clients=4] CPU (µs/session): median 10.3 → 20.3, higher, p = 0.0079 (5 v 5"
                + " trials)");
    assertThat(
            Comparison.of(run(noisy(LOW)), run(noisy(10.15, 10.25, 10.35, 10.45, 10.55))).changed())
        .isFalse();
  }

  @Test
  void oneObservationCannotBeSeparatedAndThatIsSaid() {
    Comparison comparison = Comparison.of(run(noisy(1.5)), run(noisy(99.5)));
    assertThat(comparison.changed()).isFalse();
    assertThat(comparison.toText())
        .contains(
            "CPU (µs/session): median 1.5 → 99.5, not separable: 1 v 1 trials never are at 0.05, p"
                + " is 1.0 at best");
  }

  @Test
  void manyNoisyFiguresAreCorrectedTogether() {
    Function<double[], Table> elevenEqualRows =
        trials -> {
          Table.Builder table =
              Table.named("Load", key("clients"), Column.noisy("CPU").in("µs/session"));
          for (int clients = 4; clients < 15; clients++) {
            table.row(clients, Cell.decimals(1, trials));
          }
          return table.build();
        };
    assertThat(
            Comparison.of(run(elevenEqualRows.apply(LOW)), run(elevenEqualRows.apply(HIGH)))
                .changed())
        .as("p = 0.0079 among 11 figures")
        .isFalse();
  }

  @Test
  void theContextIsNamedAndIsNoChange() {
    Comparison comparison = Comparison.of(run(calls(1)), on("Linux 6.18", calls(1)));
    assertThat(comparison.changed()).isFalse();
    assertThat(comparison.context())
        .containsExactly(new Difference("kernel", "Linux 6.1", "Linux 6.18"));
    assertThat(comparison.toText()).contains("  kernel: Linux 6.1 → Linux 6.18\n");
  }

  @Test
  void whatCannotBeComparedIsSaid() {
    Table keyless =
        Table.named("Calls", informational("call"), exact("whole").in("calls"))
            .row("write", 2)
            .build();
    assertThat(Comparison.of(run(keyless), run(keyless)).notCompared())
        .containsExactly("Calls: rows cannot be matched, because both tables need the keys []");
    assertThat(Comparison.of(run(calls(1)), run(noisy(LOW))).notCompared())
        .containsExactly(
            "Calls: the table is only in the run before",
            "Load: the table is only in the run after");
    Table renamed = Table.named("Calls", key("call"), exact("count")).row("write", 1).build();
    assertThat(Comparison.of(run(calls(1)), run(renamed)).notCompared())
        .containsExactly("Calls: column count is not in both runs");
  }

  @Test
  void theKeysOfEitherRunDoWhereBothHaveTheColumn() {
    Table undeclared =
        Table.named("Calls", informational("call"), informational("whole").in("calls"))
            .row("write", 2)
            .build();
    assertThat(Comparison.of(run(calls(1)), run(undeclared)).changes())
        .contains(new Difference("Calls [call=write] whole (calls)", "1", "2"));
    assertThat(Comparison.of(run(undeclared), run(calls(1))).changes())
        .contains(new Difference("Calls [call=write] whole (calls)", "2", "1"));
  }

  @Test
  void exactFiguresThatGoWithTheirTableOrColumnAreAChange() {
    assertThat(Comparison.of(run(calls(1)), run(noisy(LOW))).changes())
        .extracting(Difference::before, Difference::after)
        .containsExactly(tuple("there", "absent"));
    Table renamed = Table.named("Calls", key("call"), exact("count")).row("write", 1).build();
    assertThat(Comparison.of(run(calls(1)), run(renamed)).changed()).isTrue();
    assertThat(Comparison.of(run(noisy(LOW)), run(calls(1))).changes())
        .extracting(Difference::before, Difference::after)
        .containsExactly(tuple("absent", "there"));
  }

  @Test
  void withoutAnExactOrNoisyColumnThereIsNothingToCompare() {
    Table unsaid =
        Table.named("Calls", key("call"), informational("whole")).row("write", 1).build();
    Comparison comparison = Comparison.of(run(unsaid), run(unsaid));
    assertThat(comparison.changed()).isFalse();
    assertThat(comparison.toText())
        .startsWith(
            "order-entry: nothing to compare: no column of a table is exact or noisy (1 verdicts"
                + " and 1 gates are equal)\n");
    assertThat(comparison.toMarkdown()).startsWith("### order-entry: nothing to compare");
    assertThat(Comparison.of(run(), run()).toText()).contains("nothing to compare");
    assertThat(Comparison.of(run(noisy(LOW)), run(unsaid)).toText()).contains("unchanged");
    Artifact other = orderEntry().mechanism(MechanismVerdict.failed(1, "one write", "two")).build();
    assertThat(Comparison.of(run(unsaid), other).toText()).contains("CHANGED");
  }

  @Test
  void runsOfDifferentExperimentsAreRefused() {
    Artifact other =
        Artifact.named("other")
            .experiment("other")
            .title("t")
            .command("c")
            .date(Instant.EPOCH)
            .provenance(SampleRuns.provenance("Linux 6.1", "a JDK"))
            .build();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Comparison.of(run(calls(1)), other))
        .withMessage(
            "only runs of one experiment can be compared: before=order-entry (order_entry),"
                + " after=other (other)");
  }

  @Test
  void markdownShowsChangesAndFoldsTheRest() {
    String markdown = Comparison.of(run(calls(1)), on("Linux <6> | 18", calls(2))).toMarkdown();
    assertThat(markdown)
        .startsWith("### order-entry: CHANGED: 1 exact, 0 noisy")
        .contains("| Calls \\[call=write\\] whole (calls) | 1 | 2 |\n")
        .contains("<details><summary>Not the same in both runs (1)</summary>")
        .contains("| kernel | Linux 6.1 | Linux &lt;6> \\| 18 |");
  }

  @Test
  void jsonSaysTheSame() {
    JsonNode json =
        JsonMapper.shared().readTree(Comparison.of(run(noisy(LOW)), run(noisy(HIGH))).toJson());
    assertThat(json.at("/changed").booleanValue()).isTrue();
    assertThat(json.at("/noisy/0/separable").booleanValue()).isTrue();
    assertThat(json.at("/noisy/0/after/4").decimalValue()).isEqualByComparingTo("20.5");
  }
}
