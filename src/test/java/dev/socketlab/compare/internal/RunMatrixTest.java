package dev.socketlab.compare.internal;

import static dev.socketlab.artifact.Column.exact;
import static dev.socketlab.artifact.Column.key;
import static dev.socketlab.compare.internal.SampleRuns.calls;
import static dev.socketlab.compare.internal.SampleRuns.noisy;
import static dev.socketlab.compare.internal.SampleRuns.on;
import static dev.socketlab.compare.internal.SampleRuns.orderEntry;
import static dev.socketlab.compare.internal.SampleRuns.provenance;
import static dev.socketlab.compare.internal.SampleRuns.run;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.socketlab.artifact.Artifact;
import dev.socketlab.artifact.Cell;
import dev.socketlab.artifact.Column;
import dev.socketlab.artifact.MechanismVerdict;
import dev.socketlab.artifact.Provenance;
import dev.socketlab.artifact.Table;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RunMatrixTest {
  private static final String OLD = "Linux 6.1.0-47-amd64";
  private static final String OLD_TOO = "Linux 6.1.0-100-amd64";
  private static final String NEW = "Linux 6.12.100+deb12-amd64";
  private static final String NEW_TOO = "Linux 6.18.44";

  @Test
  void aSmallMatrix() {
    RunMatrix matrix =
        matrix(on(OLD, calls(1)), on(NEW, calls(2)), on(OLD_TOO, calls(1)), on(NEW_TOO, calls(2)));
    assertThat(matrix.changed()).isTrue();
    assertThat(matrix.toText())
        .isEqualTo(
            """
            order-entry: 4 runs side by side
            ================================
            CHANGED: 0 of 1 mechanisms, 0 of 1 gates and 1 exact figures differ.
            1 exact figures are equal in all runs and left out.
            " is what the reference has. "differs with": of what is on record, this alone goes with the figure.
            "candidate": so too, but a value has one run only, and anything else of that run may be why.
            ">= V": V is the lowest with the other value; what lies between it and the next lower was not run.

            Runs
            ----
              run                verdict  date                  what tells it from the others  file
              -----------------  -------  --------------------  -----------------------------  ------
              run 1 (reference)  HOLDS    2026-03-01T12:00:00Z  kernel 6.1.0-47-amd64          1.json
              run 2              HOLDS    2026-03-01T12:00:00Z  kernel 6.12.100+deb12-amd64    2.json
              run 3              HOLDS    2026-03-01T12:00:00Z  kernel 6.1.0-100-amd64         3.json
              run 4              HOLDS    2026-03-01T12:00:00Z  kernel 6.18.44                 4.json

            Mechanisms
            ----------
              run 1 (reference)      run 2                        run 3                   run 4           mechanism
              kernel 6.1.0-47-amd64  kernel 6.12.100+deb12-amd64  kernel 6.1.0-100-amd64  kernel 6.18.44
              ---------------------  ---------------------------  ----------------------  --------------  ---------
              HOLDS                  HOLDS                        HOLDS                   HOLDS           one write

            Calls
            -----
              row         figure         run 1 (reference)      run 2                        run 3                   run 4           what goes with it
                                         kernel 6.1.0-47-amd64  kernel 6.12.100+deb12-amd64  kernel 6.1.0-100-amd64  kernel 6.18.44
              ----------  -------------  ---------------------  ---------------------------  ----------------------  --------------  -------------------------------------------
              call=write  whole (calls)  1                      2                            "                       2               differs with kernel >= 6.12.100+deb12-amd64

            Not the same in all runs
            ------------------------
              what    runs  value
              ------  ----  --------------------------
              kernel  1     Linux 6.1.0-47-amd64
              kernel  2     Linux 6.12.100+deb12-amd64
              kernel  3     Linux 6.1.0-100-amd64
              kernel  4     Linux 6.18.44
            """);
  }

  @Test
  void equalRunsAreUnchangedAndToldApartByTheirFiles() {
    RunMatrix matrix = matrix(run(calls(1)), run(calls(1)));
    assertThat(matrix.changed()).isFalse();
    assertThat(matrix.remarks())
        .containsExactly(
            "unchanged: 0 of 1 mechanisms, 0 of 1 gates and 0 exact figures differ.",
            "2 exact figures are equal in all runs and left out.");
    assertThat(matrix.tables()).extracting(Table::title).containsExactly("Runs", "Mechanisms");
    assertThat(heads(matrix)).containsExactly("1.json", "2.json");
  }

  @ParameterizedTest
  @CsvSource({
    // kernels of four runs, figures of four runs, what is said
    "Linux 6.1, Linux 6.2, Linux 6.12, Linux 6.18, 1 1 2 2, differs with kernel >= 6.12",
    "Linux 6.12, Linux 6.1, Linux 6.18, Linux 6.2, 2 1 2 1, differs with kernel >= 6.12",
    "Linux 6.1, Linux 6.2, Linux 6.12, Linux 6.18, 1 2 2 2, candidate: kernel >= 6.2",
    "Linux 6.1, Linux 6.2, Linux 6.12, Linux 6.18, 1 2 2 1, differs with kernel",
    "Linux 6.1, Linux 6.2, Linux 6.12, Linux 6.18, 1 2 3 4, candidate: kernel",
    "Linux 6.1, Linux 6.1, Linux 6.12, Linux 6.18, 1 1 2 3, candidate: kernel",
    "Linux 6.1, Linux 6.1, Darwin 24.1, Darwin 24.2, 1 1 2 2, differs with kernel",
    "Linux 6.1, Linux 6.1, Linux 6.12, Linux 6.12, 1 2 1 2, ''",
    "Linux 6.1, Linux 6.1, Linux 6.12, Linux 6.12, 1 1 1 2, ''",
    "Linux 6.1, Linux 6.1, Linux 6.1, Linux 6.1, 1 1 2 2, ''"
  })
  void theFactThatGoesWithAFigureIsNamed(
      String kernel1, String kernel2, String kernel3, String kernel4, String writes, String said) {
    String[] figures = writes.split(" ", -1);
    RunMatrix matrix =
        matrix(
            on(kernel1, calls(Integer.parseInt(figures[0]))),
            on(kernel2, calls(Integer.parseInt(figures[1]))),
            on(kernel3, calls(Integer.parseInt(figures[2]))),
            on(kernel4, calls(Integer.parseInt(figures[3]))));
    assertThat(last(matrix, "Calls")).containsExactly(Cell.text(said));
  }

  @Test
  void allFactsThatCouldExplainAFigureAreNamed() {
    RunMatrix matrix =
        matrix(
            on("Linux 6.1", "Temurin 25.0.3+9-LTS (OpenJDK)", calls(1)),
            on("Linux 6.1", "Temurin 25.0.3+9-LTS (OpenJDK)", calls(1)),
            on("Linux 6.12", "Temurin 26+10 (OpenJDK)", calls(2)),
            on("Linux 6.12", "Temurin 26+10 (OpenJDK)", calls(2)));
    assertThat(last(matrix, "Calls")).containsExactly(Cell.text("note 1"));
    assertThat(table(matrix, "Calls").notes())
        .containsExactly("note 1: JDK >= 26+10 or kernel >= 6.12: these runs cannot tell");
    assertThat(matrix.toMarkdown())
        .contains("\n\nnote 1: JDK >= 26+10 or kernel >= 6.12: these runs cannot tell\n");
  }

  @Test
  void aCommitIsACauseOnlyWhereTheDigestOfTheSourcesIsUnknown() {
    String unknown = Provenance.unknown("no file");
    assertThat(last(matrix(of("a", "d", 1), of("b", "d", 2)), "Calls"))
        .containsExactly(Cell.text(""));
    assertThat(last(matrix(of("a", unknown, 1), of("b", unknown, 2)), "Calls"))
        .containsExactly(Cell.text("candidate: commit"));
    assertThat(last(matrix(of("a", "d", 1), of("a", "d", 1), of("b", unknown, 2)), "Calls"))
        .containsExactly(Cell.text("source digest or commit: these runs cannot tell"));
  }

  @Test
  void theDigestOfTheSourcesIsNoLabel() {
    assertThat(heads(matrix(of("a", "d", 1), of("a", "e", 1)))).containsExactly("1.json", "2.json");
  }

  private static Artifact of(String commit, String digest, int writes) {
    Provenance like = provenance("Linux 6.1", "a JDK");
    return on(
        new Provenance(
            like.version(),
            like.hardware(),
            like.platform(),
            like.network(),
            like.jdk(),
            like.subjects(),
            like.tools(),
            like.libraries(),
            new Provenance.Source(commit, "clean", List.of(), digest, List.of("src"), 1)),
        calls(writes));
  }

  @Test
  void aRunOfBothKindsTellsWhichFactItIs() {
    RunMatrix matrix =
        matrix(
            on("Linux 6.1", "JDK 25", calls(1)),
            on("Linux 6.1", "JDK 26", calls(1)),
            on("Linux 6.12", "JDK 25", calls(2)),
            on("Linux 6.12", "JDK 26", calls(2)));
    assertThat(last(matrix, "Calls")).containsExactly(Cell.text("differs with kernel >= 6.12"));
    assertThat(heads(matrix))
        .containsExactly(
            "kernel 6.1, JDK 25",
            "kernel 6.1, JDK 26",
            "kernel 6.12, JDK 25",
            "kernel 6.12, JDK 26");
  }

  @Test
  void aLongFactIsShortenedInTheHeadOfAColumn() {
    String shown = "a".repeat(22);
    RunMatrix matrix =
        matrix(
            on("Linux", "24 are shown as they are", calls(1)),
            on("Linux", shown + " and more", calls(1)));
    assertThat(heads(matrix)).containsExactly("JDK 24 are shown as they are", "JDK " + shown + "…");
  }

  @Test
  void aRowThatIsNotThereIsMissingAndNotEqual() {
    Table fewer =
        Table.named("Calls", key("call"), exact("whole").in("calls")).row("read", 2).build();
    RunMatrix matrix = matrix(run(fewer), run(fewer), run(calls(1)));
    Cell missing = Cell.notAvailable("not in this run");
    assertThat(table(matrix, "Calls").rows())
        .containsExactly(
            List.of(
                Cell.text("call=write"),
                Cell.text("whole (calls)"),
                missing,
                missing,
                Cell.whole(1),
                Cell.text("")));
  }

  @Test
  void aRunWithoutTheTableHasNoneOfItsFiguresAndThatIsSaidOnce() {
    RunMatrix matrix = matrix(run(calls(1)), run(calls(2)), run());
    Cell missing = Cell.notAvailable("not in this run");
    assertThat(table(matrix, "Calls").rows())
        .containsExactly(
            List.of(
                Cell.text("call=write"),
                Cell.text("whole (calls)"),
                Cell.whole(1),
                Cell.whole(2),
                missing,
                Cell.text("")),
            List.of(
                Cell.text("all"),
                Cell.text("whole (calls)"),
                Cell.text("there"),
                Cell.text("\""),
                Cell.text("absent"),
                Cell.text("")));
    assertThat(matrix.remarks()).contains("0 exact figures are equal in all runs and left out.");
    assertThat(table(matrix, "Not compared").rows())
        .containsExactly(
            List.of(Cell.text("3"), Cell.text("Calls: the table is only in the run before")));
  }

  @Test
  void verdictsAndGatesThatDifferAreAChange() {
    Artifact failed =
        orderEntry()
            .mechanism(MechanismVerdict.failed(1, "one write", "two"))
            .gate(new Artifact.GateLine("strace", "calls", false, "not found"))
            .table(calls(1))
            .build();
    RunMatrix matrix = matrix(run(calls(1)), failed);
    assertThat(matrix.changed()).isTrue();
    assertThat(matrix.remarks())
        .contains("CHANGED: 1 of 1 mechanisms, 1 of 1 gates and 0 exact figures differ.");
    assertThat(table(matrix, "Mechanisms").rows())
        .containsExactly(
            List.of(
                Cell.text("HOLDS"), Cell.text("FAILED"), Cell.text("one write"), Cell.text("")));
    assertThat(table(matrix, "Gates").rows())
        .containsExactly(
            List.of(
                Cell.text("gate strace (calls)"),
                Cell.text("open"),
                Cell.text("CLOSED"),
                Cell.text("")));
  }

  @Test
  void noisyFiguresAreCountedWhereTheyAreToldApart() {
    double[] low = {10.1, 10.2, 10.3, 10.4, 10.5};
    double[] high = {20.1, 20.2, 20.3, 20.4, 20.5};
    assertThat(matrix(run(noisy(low)), run(noisy(low))).tables())
        .extracting(Table::title)
        .doesNotContain("Noisy figures");
    RunMatrix matrix = matrix(run(noisy(low)), run(noisy(low)), run(noisy(high)));
    assertThat(matrix.changed()).isTrue();
    assertThat(table(matrix, "Noisy figures").rows())
        .containsExactly(
            List.of(
                Cell.text("tells apart from the reference"),
                Cell.text(""),
                Cell.text("0 of 1"),
                Cell.text("1 of 1")));
  }

  @Test
  void theReferenceCanBeAnyRun() {
    RunMatrix matrix = RunMatrix.of(files(on(OLD, calls(1)), on(NEW, calls(2))), 2);
    assertThat(table(matrix, "Calls").columns())
        .extracting(Column::name)
        .contains("run 1", "run 2 (reference)");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> RunMatrix.of(files(run(), run()), 3))
        .withMessage("the reference is the number of a run, 1 to 2: reference=3");
  }

  @Test
  void oneRunIsNoMatrixAndRunsOfDifferentExperimentsAreNamed() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> matrix(run()))
        .withMessage("a matrix needs two runs or more: runs=[1.json]");
    Artifact other =
        Artifact.named("other")
            .experiment("other")
            .title("t")
            .command("c")
            .date(run().date())
            .provenance(provenance("Linux 6.1", "a JDK"))
            .build();
    assertThatThrownBy(() -> matrix(run(), other))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("2.json: only runs of one experiment can be compared: ");
  }

  @Test
  void markdownIsTheSame() {
    assertThat(matrix(on(OLD, calls(1)), on(NEW, calls(2))).toMarkdown())
        .startsWith("### order-entry: 2 runs side by side\n\nCHANGED: ")
        .contains(
            """

            **Calls**

            | row | figure | run 1 (reference)<br>kernel 6.1.0-47-amd64 | run 2<br>kernel \
            6.12.100+deb12-amd64 | what goes with it |
            |---|---|---|---|---|
            | call=write | whole (calls) | 1 | 2 | candidate: kernel >= 6.12.100+deb12-amd64 |
            """);
  }

  @Test
  void aRunThatIsCommittedEqualsItself() throws IOException {
    Artifact committed = Artifact.fromJson(Files.readString(Path.of("results/redis_get.json")));
    RunMatrix matrix = matrix(committed, committed);
    assertThat(matrix.changed()).isFalse();
    assertThat(matrix.remarks().getFirst()).startsWith("unchanged: 0 of ");
  }

  private static Table table(RunMatrix matrix, String title) {
    return matrix.tables().stream()
        .filter(table -> table.title().equals(title))
        .findFirst()
        .orElseThrow();
  }

  private static List<Cell> last(RunMatrix matrix, String title) {
    return table(matrix, title).rows().stream().map(List::getLast).toList();
  }

  private static List<String> heads(RunMatrix matrix) {
    return table(matrix, "Mechanisms").columns().stream()
        .filter(column -> column.name().startsWith("run"))
        .map(Column::unit)
        .toList();
  }

  private static RunMatrix matrix(Artifact... runs) {
    return RunMatrix.of(files(runs), 1);
  }

  private static SequencedMap<String, Artifact> files(Artifact... runs) {
    SequencedMap<String, Artifact> files = new LinkedHashMap<>();
    for (Artifact run : runs) {
      files.put(files.size() + 1 + ".json", run);
    }
    return files;
  }
}
