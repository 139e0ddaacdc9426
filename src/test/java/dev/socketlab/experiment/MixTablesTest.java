package dev.socketlab.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.socketlab.artifact.Cell;
import dev.socketlab.artifact.Table;
import dev.socketlab.trace.Mixes;
import dev.socketlab.trace.SyscallMix;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MixTablesTest {

  private static final SyscallMix MIX = Mixes.launched(1);

  @Test
  void perOperationLeavesOutWhatDoesNotGrowAndSaysSo() {
    Table table = MixTables.perOperation("calls", MIX, 0.9);
    assertThat(table.rows())
        .containsExactly(
            List.of(
                Cell.text("read"),
                Cell.text(""),
                Cell.whole(40),
                Cell.whole(100),
                Cell.whole(201),
                Cell.decimal(1.01, 3),
                Cell.whole(1),
                Cell.whole(1)),
            List.of(
                Cell.text("write"),
                Cell.text(""),
                Cell.whole(2),
                Cell.whole(100),
                Cell.whole(200),
                Cell.decimal(1, 3),
                Cell.whole(0),
                Cell.whole(1)));
    assertThat(table.notes())
        .containsExactly(
            "3 calls that change by less than 0.9 per operation, or by no more than is tolerated, are left out");
  }

  @Test
  void callsOnSocketsStandApartFromTheWakeUpsOfThreads() {
    List<List<Cell>> rows = MixTables.perOperation("calls", Mixes.handingOver(37), 0.1).rows();
    assertThat(rows)
        .extracting(row -> row.get(0), row -> row.get(1), List::getLast)
        .containsExactly(
            tuple(Cell.text("read"), Cell.text("socket"), Cell.whole(1)),
            tuple(Cell.text("write"), Cell.text("socket"), Cell.whole(1)),
            tuple(
                Cell.text("read"),
                Cell.text("eventfd"),
                Cell.notAvailable("threads wake each other: how often is a matter of timing")));
  }

  @Test
  void aCallWithinTheToleranceOfNoneHasNoRow() {
    Table table = MixTables.perOperation("calls", MIX, 0);
    assertThat(table.rows())
        .extracting(List::getFirst)
        .contains(Cell.text("read"))
        .doesNotContain(Cell.text("accept"), Cell.text("sendto"));
    assertThat(table.rows()).extracting(List::getLast).doesNotContain(Cell.whole(0));
  }

  @Test
  void anAttachedTracerHasNoStartUp() {
    assertThat(MixTables.perOperation("calls", Mixes.watched(1), 0.5).rows().getFirst().get(2))
        .isEqualTo(Cell.notAvailable("perf-stat attached to a running process"));
  }

  @Test
  void theClassicTableStartsWithTheMostExpensiveCall() {
    Table table = MixTables.classic("whole process", MIX.larger().counts());
    assertThat(table.rows().getFirst())
        .containsExactly(
            Cell.text("read"),
            Cell.whole(201),
            Cell.whole(0),
            Cell.whole(201),
            Cell.decimal(40.44, 2));
  }

  @Test
  void perturbationComparesTheSameLoad() {
    assertThat(MixTables.perturbation("perturbation", Map.of("server", MIX)).rows().getFirst())
        .containsExactly(
            Cell.text("server"),
            Cell.text("strace"),
            Cell.whole(200),
            Cell.whole(6),
            Cell.whole(18),
            Cell.text("3.0"),
            Cell.whole(10),
            Cell.whole(10));
  }
}
