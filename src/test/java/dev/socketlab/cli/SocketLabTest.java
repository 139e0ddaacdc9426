package dev.socketlab.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SocketLabTest {
  private static final String RUN_1 =
      "src/test/resources/dev/socketlab/compare/profile-io-run-1.json";
  private static final String RUN_2 =
      "src/test/resources/dev/socketlab/compare/profile-io-run-2.json";

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private @TempDir Path folder;

  private int run(String... arguments) {
    return SocketLab.run(
        new PrintStream(out, true, UTF_8), new PrintStream(err, true, UTF_8), arguments);
  }

  @Test
  void compareExitsWith0WhereNothingChanged() {
    assertThat(run("compare", RUN_1, RUN_2)).isEqualTo(ExitCode.OK);
    assertThat(out.toString(UTF_8)).startsWith("profile-io: unchanged (");
  }

  @Test
  void compareExitsWith1WhereSomethingChanged() throws IOException {
    String changed = Files.readString(Path.of(RUN_2)).replace("\"whole\": 3", "\"whole\": 4");
    Path file = Files.writeString(folder.resolve("changed.json"), changed);
    assertThat(run("compare", RUN_1, file.toString(), "--format", "markdown"))
        .isEqualTo(ExitCode.CHANGED);
    assertThat(out.toString(UTF_8)).contains("\\[call=epoll\\_wait\\] whole (calls) | 3 | 4 |");
    assertThat(run("compare", RUN_1, file.toString(), "--format", "json"))
        .isEqualTo(ExitCode.CHANGED);
    assertThat(out.toString(UTF_8)).contains("\"changed\" : true");
  }

  @Test
  void anUnreadableFileExitsWith2AndIsNamed() throws IOException {
    assertThat(run("compare", RUN_1, "missing.json")).isEqualTo(ExitCode.USAGE);
    assertThat(err.toString(UTF_8)).contains("no such file: file=missing.json");
    Path broken = Files.writeString(folder.resolve("broken.json"), "{}");
    assertThat(run("text", broken.toString())).isEqualTo(ExitCode.USAGE);
    assertThat(err.toString(UTF_8))
        .contains(broken + " is not an artifact: field 'schemaVersion' is missing");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "compare", "compare a.json", "draw x", "report", "matrix"})
  void wrongArgumentsExitWith2AndTheUsage(String arguments) {
    String[] words = arguments.isEmpty() ? new String[0] : arguments.split(" ", -1);
    assertThat(run(words)).isEqualTo(ExitCode.USAGE);
    assertThat(err.toString(UTF_8)).contains("Usage: socketlab");
  }

  @Test
  void reportWritesAPageForEachRunAndTheIndex() throws IOException {
    assertThat(run("report", RUN_1, "results", "--to", folder.toString()))
        .isEqualTo(ExitCode.USAGE);
    assertThat(err.toString(UTF_8)).contains("two runs have the name socket_profile_loopback");
    assertThat(run("report", RUN_1, "--to", folder.toString())).isEqualTo(ExitCode.OK);
    assertThat(folder.resolve("index.html"))
        .content()
        .contains("<a href=\"socket_profile_loopback.html\">");
    assertThat(folder.resolve("socket_profile_loopback.html")).exists();
    try (var parts = Files.list(folder.resolve("socket_profile_loopback"))) {
      assertThat(parts.map(file -> file.getFileName().toString()))
          .hasSize(10)
          .contains("plot-1-cpu-time-by-role-of-the-thread.svg")
          .contains("table-5-what-each-call-is-for.csv");
    }
  }

  @Test
  void matrixLaysRunsSideBySideAndExitsAsCompareDoes() throws IOException {
    assertThat(run("matrix", RUN_1, RUN_2)).isEqualTo(ExitCode.OK);
    assertThat(out.toString(UTF_8)).startsWith("profile-io: 2 runs side by side\n");
    String changed = Files.readString(Path.of(RUN_2)).replace("\"whole\": 3", "\"whole\": 4");
    String file = Files.writeString(folder.resolve("changed.json"), changed).toString();
    assertThat(run("matrix", RUN_1, RUN_2, file)).isEqualTo(ExitCode.CHANGED);
    assertThat(run("matrix", RUN_1, file, "--reference", "2", "--format", "markdown"))
        .isEqualTo(ExitCode.CHANGED);
    assertThat(out.toString(UTF_8)).contains("| call=epoll\\_wait | whole (calls) | 3 | 4 | ");
    out.reset();
    assertThat(run("matrix", RUN_1, file, "--format", "html")).isEqualTo(ExitCode.CHANGED);
    assertThat(out.toString(UTF_8))
        .startsWith("<!DOCTYPE html>")
        .contains("prefers-color-scheme: dark", ">run 1 (reference)</th>")
        .doesNotContain("<script")
        .endsWith("</html>\n");
  }

  @Test
  void whatIsNoMatrixExitsWith2AndIsNamed() {
    assertThat(run("matrix", RUN_1)).isEqualTo(ExitCode.USAGE);
    assertThat(run("matrix", RUN_1, "missing.json")).isEqualTo(ExitCode.USAGE);
    assertThat(run("matrix", RUN_1, "results/redis_get.json")).isEqualTo(ExitCode.USAGE);
    assertThat(run("matrix", RUN_1, RUN_2, RUN_1)).isEqualTo(ExitCode.USAGE);
    assertThat(run("matrix", RUN_1, RUN_2, "--reference", "0")).isEqualTo(ExitCode.USAGE);
    assertThat(err.toString(UTF_8))
        .contains(
            "a matrix needs two runs or more: runs=[" + RUN_1 + "]",
            "no such file: file=missing.json",
            "results/redis_get.json: only runs of one experiment can be compared: ",
            "a run is given twice: file=" + RUN_1,
            "the reference is the number of a run, 1 to 2: reference=0");
  }

  @Test
  void withoutAJarThereIsNoVersion() {
    assertThat(run("--version")).isEqualTo(ExitCode.OK);
    assertThat(out.toString(UTF_8)).isEqualToIgnoringNewLines("socketlab (not from a jar)");
  }

  @Test
  void textIsThatOfTheRun() {
    assertThat(run("text", RUN_1)).isEqualTo(ExitCode.OK);
    assertThat(out.toString(UTF_8)).contains("verdict: HOLDS (6 of 6 mechanisms hold)");
  }

  @Test
  void verdictsAreATableForEachRun() {
    assertThat(run("verdicts", "results/socket_laws_loss.json", RUN_1)).isEqualTo(ExitCode.OK);
    assertThat(out.toString(UTF_8))
        .startsWith("### socket-laws: ")
        .contains(
            "\n\n### profile-io: HOLDS\n\n",
            """
            | verdict | mechanism | what was seen |
            |---|---|---|
            | HOLDS | every round trip completes, and every reply is the one the protocol asks for \
            | 4 × 500 of 500 |
            """)
        .endsWith(
            "\nDebian GNU/Linux 12 (bookworm), Linux 6.18.44-fc-v782, Eclipse Adoptium 25.0.3+9-LTS"
                + " (OpenJDK 64-Bit Server VM); network: own namespace\n");
  }

  @Test
  void aFailedVerdictStandsInTheHeadingAndWithItsReason() throws IOException {
    String failed =
        Files.readString(Path.of(RUN_1))
            .replaceFirst("HOLDS", "FAILED") // the run's
            .replace(
                "\"verdict\": \"HOLDS\",\n      \"detail\": \"4 × 500 of 500\"",
                "\"verdict\": \"FAILED\", \"detail\": \"499 | 500\\nat *nio* <read>\"");
    Path file = Files.writeString(folder.resolve("failed.json"), failed);
    assertThat(run("verdicts", file.toString())).isEqualTo(ExitCode.OK);
    assertThat(out.toString(UTF_8))
        .startsWith("### profile-io: FAILED\n")
        .contains("| FAILED | every round")
        .contains(" | 499 \\| 500<br>at \\*nio\\* &lt;read> |\n");
  }
}
