package dev.socketlab.artifact;

import static dev.socketlab.artifact.Column.informational;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.cfg.JsonNodeFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

class JsonRoundTripTest {
  private static final JsonMapper TREES =
      JsonMapper.builder()
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .build();

  static Stream<Path> published() throws IOException {
    try (Stream<Path> results = Files.list(Path.of("results"));
        Stream<Path> runs = Files.list(Path.of("src/test/resources/dev/socketlab/compare"))) {
      return Stream.concat(results, runs)
          .filter(file -> file.toString().endsWith(".json"))
          .toList()
          .stream();
    }
  }

  @ParameterizedTest
  @MethodSource("published")
  void whatWasPublishedIsReadAndWrittenBackToTheByte(Path file) throws IOException {
    String json = Files.readString(file);
    assertThat(Artifact.fromJson(json).toJson()).isEqualTo(json);
  }

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
            .table(Table.named("t", informational("c")).row(new BigDecimal(number)).build())
            .build();
    assertThat(artifact.toJson()).contains("\"c\": " + number + "\n");
    assertThat(Artifact.fromJson(artifact.toJson())).isEqualTo(artifact);
  }

  @Test
  void wholeNumbersAndTextsAreToldApart() {
    Artifact artifact =
        Samples.minimal("x")
            .table(
                Table.named("t", informational("c \"quoted\" \\"))
                    .row(Long.MIN_VALUE)
                    .row(Long.MAX_VALUE)
                    .row(0)
                    .row("0")
                    .row("")
                    .row(Cell.notAvailable("0"))
                    .build())
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
          "schemaVersion": 2    | "schemaVersion": 3     | this code reads schemaVersion 2, but the document has 3
          "schemaVersion": 2    | "schemaVersion": 1     | this code reads schemaVersion 2, but the document has 1
          "schemaVersion": 2    | "schemaVersion": "2"   | this code reads schemaVersion 2, but the document has "2"
          "cpu": "AMD EPYC"     | "cpu": null            | field 'provenance.hardware.cpu' must not be null: null
          "cpu": "AMD EPYC",    | ''                     | field 'provenance.hardware.cpu' is missing
          "cpu": "AMD EPYC"     | "cpu": 7               | field 'provenance.hardware.cpu' must be a text: 7
          "cpu": "AMD EPYC"     | "cpu": {"is": "it"}    | field 'provenance.hardware.cpu' must be a text: {"is":"it"}
          "cores": 2            | "cores": 2.5           | field 'provenance.hardware.cores' must be a whole number: 2.5
          "cores": 2            | "cores": "2"           | field 'provenance.hardware.cores' must be a whole number: "2"
          "cores": 2            | "cores": 12345678901   | field 'provenance.hardware.cores' must be a whole number: 12345678901
          "cores": 2            | "cores": null          | field 'provenance.hardware.cores' must not be null: null
          "cores": 2            | "cores": 2, "hz": 1    | field 'provenance.hardware.hz' is not known: 1
          "strace": "strace -- version 6.1"     | "strace": 6.1          | field 'provenance.tools.strace' must be a text: 6.1
          "strace": "strace -- version 6.1"     | "strace": null         | field 'provenance.tools.strace' must not be null: null
          "src/it"              | null                   | field 'provenance.source.digestScope[2]' must not be null: null
          "src/it"              | 7                      | field 'provenance.source.digestScope[2]' must be a text: 7
          "A second paragraph." | true                   | field 'howToRead[1]' must be a text: true
          "open": true          | "open": "yes"          | field 'gates[0].open' must be true or false: "yes"
          "open": true          | "open": 1              | field 'gates[0].open' must be true or false: 1
          "share": 83.1         | "share": true          | field 'tables[0].rows[0].share': must be a text, a number, whole numbers, numbers with decimals or {"notAvailable": reason}: true
          "share": 83.1         | "share": null          | field 'tables[0].rows[0].share' must not be null: null
          "share": 83.1         | "share": [83.1, 2]     | field 'tables[0].rows[0].share': must be a text, a number, whole numbers, numbers with decimals or {"notAvailable": reason}: [83.1, 2]
          "share": 83.1         | "share": [2, 83.1]     | field 'tables[0].rows[0].share': must be a text, a number, whole numbers, numbers with decimals or {"notAvailable": reason}: [2, 83.1]
          "share": 83.1         | "share": [2, "x"]      | field 'tables[0].rows[0].share': must be a text, a number, whole numbers, numbers with decimals or {"notAvailable": reason}: [2, x]
          "share": 83.1         | "share": 12345678901234567890 | field 'tables[0].rows[0].share': must be a text, a number, whole numbers, numbers with decimals or {"notAvailable": reason}: 12345678901234567890
          "share": 83.1         | "share": {"absent": "x"} | field 'tables[0].rows[0].share': must be a text, a number, whole numbers, numbers with decimals or {"notAvailable": reason}: {absent=x}
          "role": "KEY"         | "role": "LOCK"         | field 'tables[1].columns[0].role' must be one of [KEY, EXACT, NOISY, INFORMATIONAL]: "LOCK"
          "role": "KEY"         | "role": 0              | field 'tables[1].columns[0].role' must be one of [KEY, EXACT, NOISY, INFORMATIONAL]: 0
          "table": "Race mode"  | "table": "Race"        | plot 'Loss by buffer' is of a table that is not there: table=Race, tables=[Stalled mode, Race mode, Nothing]
          "share": 83.1         | "shard": 83.1          | field 'tables[0]': rows[0] must have the columns [setting, requested, lost, share, peak queued]: [setting, requested, lost, shard, peak queued]
          "share": 83.1         | "share": 83.1, "x": 1  | field 'tables[0]': rows[0] must have the columns [setting, requested, lost, share, peak queued]: [setting, requested, lost, share, x, peak queued]
          "verdict": "NOT_RUN"  | "verdict": "SKIPPED"   | field 'mechanisms[3].verdict' must be one of [HOLDS, FAILED, VACUOUS, INCONCLUSIVE, NOTE, NOT_RUN]: "SKIPPED"
          "date": "2026-03-01T12:00:00Z" | "date": "yesterday" | field 'date' must be a UTC time: "yesterday"
          "date": "2026-03-01T12:00:00Z" | "date": 5     | field 'date' must be a UTC time: 5
          "number": 2           | "number": 1            | each mechanism number must be used once: [1, 1, 3, 4]
          "number": 2           | "number": 0            | field 'mechanisms[1]': mechanisms are numbered from 1: number=0
          """)
  void whatIsNotAnArtifactIsRefusedWithTheField(String good, String bad, String message) {
    String json = Samples.full().toJson();
    assertThat(json).contains(good);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Artifact.fromJson(json.replace(good, bad)))
        .withMessage("not an artifact: " + message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          plots      | {}    | field 'plots' must be a list: {}
          plots      | null  | field 'plots' must not be null: null
          howToRead  | "one" | field 'howToRead' must be a list: "one"
          provenance | []    | field 'provenance' must be an object: []
          provenance | "x"   | field 'provenance' must be an object: "x"
          tables     | [7]   | field 'tables[0]' must be an object: 7
          gates      | [[]]  | field 'gates[0]' must be an object: []
          gates      | [null] | field 'gates[0]' must not be null: null
          """)
  void whatIsNoListOrObjectIsRefused(String field, String value, String message) {
    ObjectNode root = (ObjectNode) TREES.readTree(Samples.full().toJson());
    root.set(field, TREES.readTree(value));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Artifact.fromJson(root.toString()))
        .withMessage("not an artifact: " + message);
  }

  /** Nothing is read as something else than what is there. */
  @Test
  void whateverStandsInAPlaceIsReadAsItIsOrRefused() {
    ObjectNode root = (ObjectNode) TREES.readTree(Samples.full().toJson());
    int[] readAndRefused = new int[2];
    replaceEach(root, root, readAndRefused);
    assertThat(readAndRefused[0]).isGreaterThan(100);
    assertThat(readAndRefused[1]).isGreaterThan(1000);
  }

  private static void replaceEach(JsonNode at, ObjectNode root, int[] readAndRefused) {
    for (String other :
        List.of("null", "true", "7", "1.50", "\"x\"", "[]", "[null]", "{\"a\": 1}")) {
      JsonNode replacement = TREES.readTree(other);
      if (at instanceof ObjectNode object) {
        for (String name : List.copyOf(object.propertyNames())) {
          JsonNode old = object.replace(name, replacement);
          readOrRefuse(root, readAndRefused);
          object.replace(name, old);
        }
      } else if (at instanceof ArrayNode array) {
        for (int i = 0; i < array.size(); i++) {
          JsonNode old = array.get(i);
          array.set(i, replacement);
          readOrRefuse(root, readAndRefused);
          array.set(i, old);
        }
      }
    }
    at.forEach(child -> replaceEach(child, root, readAndRefused));
  }

  private static void readOrRefuse(ObjectNode root, int[] readAndRefused) {
    String json = root.toString();
    try {
      String back = Artifact.fromJson(json).toJson();
      assertThat(TREES.readTree(back)).isEqualTo(TREES.readTree(json));
      readAndRefused[0]++;
    } catch (IllegalArgumentException e) {
      assertThat(e).hasMessageStartingWith("not an artifact: ");
      readAndRefused[1]++;
    }
  }

  @Test
  void aVerdictThatContradictsItsMechanismsIsRefused() {
    String json = Samples.full().toJson().replaceFirst("\"FAILED\"", "\"HOLDS\"");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Artifact.fromJson(json))
        .withMessage(
            "not an artifact: field 'verdict' contradicts the mechanisms, which give FAILED:"
                + " \"HOLDS\"");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{", "[]", "null", "{} {}", "{\"name\":\"a\",\"name\":\"b\"}"})
  void whatIsNoJsonObjectIsRefused(String json) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Artifact.fromJson(json))
        .withMessageStartingWith("not an artifact");
  }
}
