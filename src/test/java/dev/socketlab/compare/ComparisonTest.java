package dev.socketlab.compare;

import static dev.socketlab.assertion.LabAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.socketlab.artifact.Artifact;
import dev.socketlab.artifact.ArtifactBuilder;
import dev.socketlab.artifact.Cell;
import dev.socketlab.artifact.GateLine;
import dev.socketlab.artifact.MechanismVerdict;
import dev.socketlab.artifact.Provenance;
import dev.socketlab.artifact.Table;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
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
        Table.named("Calls")
            .key("call")
            .exact("whole", "calls", "")
            .column("time", "µs")
            .row("write", 1, 99_999)
            .row("read", 2, 99_999)
            .row("futex", Cell.notAvailable("another reason"), 99_999);
    assertThat(Comparison.of(run(calls(1)), run(other)).changed()).isFalse();
  }

  @Test
  void aRowIsFoundByItsKeysWhereverItStands() {
    Table turned = Table.named("Calls").key("call").exact("whole", "calls", "");
    turned = turned.row("read", 2).row("write", 1);
    assertThat(Comparison.of(run(calls(1)), run(turned)).changed()).isFalse();
  }

  @Test
  void aRowThatComesOrGoesIsAChangeIfItHasAnExactFigure() {
    Table fewer = Table.named("Calls").key("call").exact("whole", "calls", "").row("read", 2);
    assertThat(Comparison.of(run(calls(1)), run(fewer)).changes())
        .containsExactly(
            new Difference("Calls [call=write] whole (calls)", "1", "n/a (no such row)"));
    assertThat(Comparison.of(run(fewer), run(calls(1))).changed()).isTrue();
  }

  @Test
  void verdictsAndGatesAreExact() {
    Artifact before = run(calls(1));
    Artifact after =
        builder()
            .mechanism(MechanismVerdict.failed(1, "one write", "two"))
            .gate(new GateLine("strace", "calls", false, "not found"))
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
    UnaryOperator<Table> tenEqualRows =
        table -> {
          Table longer = table;
          for (int clients = 5; clients < 15; clients++) {
            longer = longer.row(clients, Cell.decimals(1, LOW));
          }
          return longer;
        };
    assertThat(
            Comparison.of(run(tenEqualRows.apply(noisy(LOW))), run(tenEqualRows.apply(noisy(HIGH))))
                .changed())
        .as("p = 0.0079 among 11 figures")
        .isFalse();
  }

  @Test
  void theContextIsNamedAndIsNoChange() {
    Comparison comparison = Comparison.of(run(calls(1)), onKernel("Linux 6.18", calls(1)));
    assertThat(comparison.changed()).isFalse();
    assertThat(comparison.context())
        .containsExactly(new Difference("kernel", "Linux 6.1", "Linux 6.18"));
    assertThat(comparison.toText()).contains("  kernel: Linux 6.1 → Linux 6.18\n");
  }

  @Test
  void whatCannotBeComparedIsSaid() {
    Table keyless = Table.named("Calls").column("call").exact("whole", "calls", "").row("write", 2);
    assertThat(Comparison.of(run(keyless), run(keyless)).notCompared())
        .containsExactly("Calls: rows cannot be matched, because both tables need the keys []");
    assertThat(Comparison.of(run(calls(1)), run(noisy(LOW))).notCompared())
        .containsExactly(
            "Calls: the table is only in the run before",
            "Load: the table is only in the run after");
    Table renamed = Table.named("Calls").key("call").exact("count", "", "").row("write", 1);
    assertThat(Comparison.of(run(calls(1)), run(renamed)).notCompared())
        .containsExactly("Calls: column count is not in both runs");
  }

  @Test
  void exactFiguresThatGoWithTheirTableOrColumnAreAChange() {
    assertThat(Comparison.of(run(calls(1)), run(noisy(LOW))).changes())
        .extracting(Difference::before, Difference::after)
        .containsExactly(tuple("there", "absent"));
    Table renamed = Table.named("Calls").key("call").exact("count", "", "").row("write", 1);
    assertThat(Comparison.of(run(calls(1)), run(renamed)).changed()).isTrue();
    assertThat(Comparison.of(run(noisy(LOW)), run(calls(1))).changes())
        .extracting(Difference::before, Difference::after)
        .containsExactly(tuple("absent", "there"));
  }

  @Test
  void runsOfDifferentExperimentsAreRefused() {
    Artifact other =
        Artifact.named("other")
            .experiment("other")
            .title("t")
            .command("c")
            .date(Instant.EPOCH)
            .provenance(provenance("Linux 6.1"))
            .build();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Comparison.of(run(calls(1)), other))
        .withMessage(
            "only runs of one experiment can be compared: before=order-entry (order_entry),"
                + " after=other (other)");
  }

  @Test
  void markdownShowsChangesAndFoldsTheRest() {
    String markdown =
        Comparison.of(run(calls(1)), onKernel("Linux <6> | 18", calls(2))).toMarkdown();
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

  private static Artifact run(Table table) {
    return onKernel("Linux 6.1", table);
  }

  private static Artifact onKernel(String kernel, Table table) {
    return builder()
        .provenance(provenance(kernel))
        .mechanism(MechanismVerdict.holds(1, "one write", ""))
        .gate(new GateLine("strace", "calls", true, "strace 6.1"))
        .table(table)
        .build();
  }

  private static ArtifactBuilder builder() {
    return Artifact.named("order_entry")
        .experiment("order-entry")
        .title("Order entry")
        .command("mvn -Dgroups=order-entry verify")
        .date(Instant.parse("2026-03-01T12:00:00Z"))
        .provenance(provenance("Linux 6.1"));
  }

  private static Provenance provenance(String kernel) {
    return new Provenance(
        1,
        new Provenance.Hardware("amd64", "8 GiB", "a CPU", 2, "2"),
        new Provenance.Platform("an OS", kernel, "bare", "100 per second", Map.of()),
        "own namespace",
        "a JDK",
        Map.of(),
        Map.of(),
        new Provenance.Source("abc", "clean", List.of(), "digest", List.of("src"), 1));
  }

  private static Table calls(int writes) {
    return Table.named("Calls")
        .key("call")
        .exact("whole", "calls", "")
        .column("time", "µs")
        .row("write", writes, 17)
        .row("read", 2, 18)
        .row("futex", Cell.notAvailable("never stable"), 19);
  }

  private static Table noisy(double... trials) {
    return Table.named("Load")
        .key("clients")
        .noisy("CPU", "µs/session", "")
        .row(4, Cell.decimals(1, trials));
  }
}
