package dev.socketlab.artifact;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The JSON Schema that is shipped describes what is written, and refuses what is not read. */
class SchemaTest {

  static Stream<Path> published() throws IOException {
    try (Stream<Path> results = Files.list(Path.of("results"))) {
      return results.filter(file -> file.toString().endsWith(".json")).toList().stream();
    }
  }

  @ParameterizedTest
  @MethodSource("published")
  void everyPublishedArtifactIsValid(Path file) throws IOException {
    assertThat(errors(Files.readString(file))).isEmpty();
  }

  @Test
  void whatIsWrittenIsValid() throws IOException {
    assertThat(errors(Samples.full().toJson())).isEmpty();
    assertThat(errors(Samples.minimal("tcp_backlog").build().toJson())).isEmpty();
    assertThat(errors(Samples.resource("version-1.json"))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          "schemaVersion": 2    | "schemaVersion": 3
          "schemaVersion": 2    | "schemaVersion": 1
          "plots": [            | "drawings": [
          "cpu": "AMD EPYC"     | "cpu": 7
          "cores": 2            | "cores": 2.5
          "open": true          | "open": "yes"
          "share": 83.1         | "share": true
          "share": 83.1         | "share": {"absent": "x"}
          "verdict": "NOT_RUN"  | "verdict": "SKIPPED"
          "role": "KEY"         | "role": "LOCK"
          "role": "KEY"         | "part": "KEY"
          "kind": "LINES"       | "kind": "PIE"
          """)
  void whatIsNotReadIsNotValid(String good, String bad) {
    String json = Samples.full().toJson();
    assertThat(json).contains(good);
    assertThat(errors(json.replace(good, bad))).isNotEmpty();
  }

  private static List<?> errors(String json) {
    try {
      Schema schema =
          SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
              .getSchema(Samples.resource("artifact.schema.json"), InputFormat.JSON);
      return schema.validate(json, InputFormat.JSON);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
