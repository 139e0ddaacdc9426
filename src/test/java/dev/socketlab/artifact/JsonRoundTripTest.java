package dev.socketlab.artifact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonRoundTripTest {
  @Test
  void jsonHasTheDocumentedForm() throws IOException {
    assertThat(Samples.full().toJson()).isEqualTo(Samples.resource("full.json"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"full", "minimal"})
  void anArtifactReadsBackEqualAndItsTextIsTheSameToTheByte(String which) {
    Artifact artifact =
        which.equals("full") ? Samples.full() : Samples.minimal("tcp_backlog").build();
    Artifact back = Artifact.fromJson(artifact.toJson());
    assertThat(back).isEqualTo(artifact);
    assertThat(back.toText()).isEqualTo(artifact.toText());
    assertThat(back.toJson()).isEqualTo(artifact.toJson());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0.0",
        "0.00",
        "-0.10",
        "1.50",
        "0.0000000001",
        "123456789012345678901234567890.1"
      })
  void decimalsKeepTheirDigits(String number) {
    Artifact artifact =
        Samples.minimal("x")
            .table(Table.named("t").column("c").row(new BigDecimal(number)))
            .build();
    assertThat(artifact.toJson()).contains("\"c\": " + number + "\n");
    assertThat(Artifact.fromJson(artifact.toJson())).isEqualTo(artifact);
  }

  @Test
  void wholeNumbersAndTextsAreToldApart() {
    Artifact artifact =
        Samples.minimal("x")
            .table(
                Table.named("t")
                    .column("c \"quoted\" \\")
                    .row(Long.MIN_VALUE)
                    .row(Long.MAX_VALUE)
                    .row(0)
                    .row("0")
                    .row("")
                    .row(Cell.notAvailable("0")))
            .build();
    assertThat(Artifact.fromJson(artifact.toJson())).isEqualTo(artifact);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "schemaVersion",
        "name",
        "experiment",
        "title",
        "verdict",
        "command",
        "date",
        "mechanisms",
        "tables",
        "plots",
        "howToRead",
        "shows",
        "doesNotShow",
        "notes",
        "parameters",
        "gates",
        "provenance"
      })
  void eachMissingFieldIsNamed(String field) {
    String json = Samples.full().toJson().replace("  \"" + field + "\":", "  \"other\":");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Artifact.fromJson(json))
        .withMessageStartingWith("not an artifact: field '")
        .withMessageContaining(field + "' is missing");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          "schemaVersion": 2    | "schemaVersion": 3     | this code reads schemaVersion 1 to 2, but the document has 3
          "schemaVersion": 2    | "schemaVersion": "2"   | field 'schemaVersion' must be a whole number
          "cpu": "AMD EPYC"     | "cpu": null            | field 'provenance.hardware.cpu' is missing
          "cpu": "AMD EPYC"     | "cpu": 7               | field 'provenance.hardware.cpu' must be a text
          "cores": 2            | "cores": 2.5           | field 'provenance.hardware.cores' must be a whole number
          "open": true          | "open": "yes"          | field 'gates[0].open' must be true or false
          "share": 83.1         | "share": true          | field 'tables[0].rows[0].share' must be a text, a number, numbers or {"notAvailable": reason}
          "share": 83.1         | "share": [83.1, 2]     | field 'tables[0].rows[0].share[1]' must be a number with decimals
          "share": 83.1         | "share": [2, 83.1]     | field 'tables[0].rows[0].share[1]' must be a whole number
          "role": "KEY"         | "role": "LOCK"         | field 'tables[1].columns[0].role' must be one of [KEY, EXACT, NOISY, INFORMATIONAL]: LOCK
          "table": "Race mode"  | "table": "Race"        | plot 'Loss by buffer' is of a table that is not there: table=Race, tables=[Stalled mode, Race mode, Nothing]
          "share": 83.1         | "shard": 83.1          | field 'tables[0].rows[0].share' is missing
          "share": 83.1         | "share": 83.1, "x": 1  | field 'tables[0].rows[0].x' is not known
          "verdict": "NOT_RUN"  | "verdict": "SKIPPED"   | field 'mechanisms[3].verdict' must be one of [HOLDS, FAILED, VACUOUS, INCONCLUSIVE, NOT_RUN]: SKIPPED
          "date": "2026-03-01T12:00:00Z" | "date": "yesterday" | field 'date' must be a UTC time: yesterday
          "number": 2           | "number": 1            | each mechanism number must be used once: [1, 1, 3, 4]
          """)
  void whatIsNotAnArtifactIsRefusedWithTheField(String good, String bad, String message) {
    String json = Samples.full().toJson();
    assertThat(json).contains(good);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Artifact.fromJson(json.replace(good, bad)))
        .withMessage("not an artifact: " + message);
  }

  @Test
  void anArtifactOfVersion1IsReadAndWrittenAsSuch() throws IOException {
    String json = Samples.resource("version-1.json");
    Artifact artifact = Artifact.fromJson(json);
    assertThat(artifact.toJson()).isEqualTo(json);
    assertThat(artifact.plots()).isEmpty();
    assertThat(artifact.tables().getFirst().places(Role.INFORMATIONAL)).hasSize(5);
  }

  @Test
  void aVerdictThatContradictsItsMechanismsIsRefused() {
    String json = Samples.full().toJson().replaceFirst("\"FAILED\"", "\"HOLDS\"");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Artifact.fromJson(json))
        .withMessage(
            "not an artifact: field 'verdict' contradicts the mechanisms, which give FAILED");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{", "[]", "null", "{} {}", "{\"name\":\"a\",\"name\":\"b\"}"})
  void whatIsNoJsonObjectIsRefused(String json) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Artifact.fromJson(json))
        .withMessageStartingWith("not an artifact");
  }

  @Test
  void theTextIsRegeneratedFromAFile(@TempDir Path folder) throws IOException {
    Path json = Files.writeString(folder.resolve("full.json"), Samples.full().toJson());
    PrintStream standardOut = System.out;
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    try (PrintStream capture = new PrintStream(printed, true, StandardCharsets.UTF_8)) {
      System.setOut(capture);
      ArtifactText.main(new String[] {json.toString()});
    } finally {
      System.setOut(standardOut);
    }
    assertThat(printed.toString(StandardCharsets.UTF_8)).isEqualTo(Samples.full().toText());
  }
}
