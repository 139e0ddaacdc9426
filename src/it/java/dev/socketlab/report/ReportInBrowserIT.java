package dev.socketlab.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.socketlab.artifact.Artifact;
import dev.socketlab.artifact.Cell;
import dev.socketlab.artifact.Table;
import dev.socketlab.report.internal.ReportFolder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What a reader meets in a real browser: light, dark and in print. */
@Tag("report")
@RequiresBrowser
class ReportInBrowserIT {

  private static final Path RUN =
      Path.of("src/test/resources/dev/socketlab/compare/profile-io-run-1.json");

  private @TempDir Path folder;

  @Test
  @Timeout(value = 3, unit = TimeUnit.MINUTES)
  void pagesAreCompleteAccessibleAndNeedNothingElse() throws Exception {
    Artifact artifact = Artifact.fromJson(Files.readString(RUN));
    new ReportFolder(folder).write(List.of(artifact));
    String page = artifact.name() + ".html";
    JsonNode seen = look(page, "index.html");
    assertThat(seen.size()).isEqualTo(6);
    List<String> grounds = new ArrayList<>();
    for (JsonNode visit : seen) {
      String where = visit.get("page").stringValue() + ", " + visit.get("looks").stringValue();
      assertThat(visit.get("console")).as(where).isEmpty();
      assertThat(visit.get("requests")).as(where).isEmpty();
      assertThat(visit.get("violations")).as(where).isEmpty();
      assertThat(visit.get("wide").intValue()).as(where).isZero();
      if (visit.get("page").stringValue().equals(page)) {
        grounds.add(visit.get("ground").stringValue());
        figuresEqualThoseOfTheJson(artifact, visit.get("tables"));
      }
    }
    assertThat(grounds)
        .containsExactly("rgb(255, 255, 255)", "rgb(21, 25, 29)", "rgb(255, 255, 255)");
  }

  private static void figuresEqualThoseOfTheJson(Artifact artifact, JsonNode tables) {
    int mechanisms = 1;
    for (int t = 0; t < artifact.tables().size(); t++) {
      Table table = artifact.tables().get(t);
      List<List<String>> shown = new ArrayList<>();
      for (JsonNode row : tables.get(t + mechanisms)) {
        List<String> cells = new ArrayList<>();
        row.forEach(cell -> cells.add(cell.stringValue().replace(",", "")));
        shown.add(cells);
      }
      assertThat(shown)
          .as(table.title())
          .isEqualTo(table.rows().stream().map(r -> plain(r)).toList());
    }
  }

  /** The figures as they stand in the JSON, but for the grouping of thousands. */
  private static List<String> plain(List<Cell> row) {
    return row.stream()
        .map(cell ->
            switch (cell) {
              case Cell.Text text -> text.value().replace(",", "");
              case Cell.Whole number -> Long.toString(number.value());
              case Cell.Decimal number -> number.value().toPlainString();
              case Cell.NotAvailable _ -> "n/a";
              case Cell.Series series -> series.values().toString().replaceAll("[\\[\\],]", "");
              case Cell.Decimals series -> series.values().toString().replaceAll("[\\[\\],]", "");
            })
        .toList();
  }

  private JsonNode look(String... pages) throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(
            List.of(
                "node",
                "src/it/browser/check.cjs",
                BrowserDetector.MODULES.toString(),
                BrowserDetector.find("chromium").orElseThrow().toString(),
                folder.toString()));
    command.addAll(List.of(pages));
    Path errors = folder.resolve("node.err");
    Process node = new ProcessBuilder(command).redirectError(errors.toFile()).start();
    try {
      String printed = new String(node.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(node.waitFor()).as(Files.readString(errors)).isZero();
      return JsonMapper.shared().readTree(printed);
    } finally {
      node.descendants().forEach(ProcessHandle::destroyForcibly);
      node.destroyForcibly();
    }
  }
}
