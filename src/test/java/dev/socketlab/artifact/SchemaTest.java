package dev.socketlab.artifact;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

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

  /** What is written only where there is something to say. */
  private static final Set<String> OPTIONAL = Set.of("invalidTrials", "libraries");

  @Test
  void theSchemaHasTheComponentsOfTheRecords() throws IOException {
    JsonNode schema = JsonMapper.shared().readTree(Samples.resource("artifact.schema.json"));
    assertObject(Artifact.class, schema, schema, "schemaVersion", "verdict");
    assertThat(schema.at("/properties/schemaVersion/const").intValue())
        .isEqualTo(Artifact.SCHEMA_VERSION);
    assertType(Verdict.class, schema.at("/properties/verdict"), schema);
    assertThat(schema.at("/$defs/cell/oneOf/3/required/0").stringValue()).isEqualTo("notAvailable");
  }

  private static void assertObject(
      Class<?> type, JsonNode object, JsonNode schema, String... derived) {
    List<RecordComponent> components = List.of(type.getRecordComponents());
    List<String> names =
        new ArrayList<>(components.stream().map(RecordComponent::getName).toList());
    assertThat(object.path("additionalProperties")).as("%s", type).hasToString("false");
    assertThat(object.path("properties").propertyNames())
        .as("%s", type)
        .filteredOn(name -> !List.of(derived).contains(name))
        .containsExactlyElementsOf(names);
    names.addAll(List.of(derived));
    names.removeAll(OPTIONAL);
    assertThat(texts(object.path("required")))
        .as("%s", type)
        .containsExactlyInAnyOrderElementsOf(names);
    components.forEach(component ->
        assertType(
            component.getGenericType(),
            object.path("properties").path(component.getName()),
            schema));
  }

  private static void assertType(Type type, JsonNode given, JsonNode schema) {
    JsonNode node =
        given.has("$ref") ? schema.at(given.path("$ref").stringValue().substring(1)) : given;
    if (type instanceof ParameterizedType list && list.getRawType() == List.class) {
      assertThat(node.path("type")).as("%s", type).hasToString("\"array\"");
      Type element = list.getActualTypeArguments()[0];
      if (element instanceof ParameterizedType row && row.getRawType() == List.class) {
        assertThat(node.at("/items/additionalProperties/$ref")).hasToString("\"#/$defs/cell\"");
      } else {
        assertType(element, node.path("items"), schema);
      }
    } else if (type instanceof ParameterizedType) {
      assertThat(node.at("/additionalProperties/type")).as("%s", type).hasToString("\"string\"");
    } else if (((Class<?>) type).isEnum()) {
      assertThat(texts(node.path("enum")))
          .containsExactlyElementsOf(
              Stream.of(((Class<?>) type).getEnumConstants())
                  .map(constant -> ((Enum<?>) constant).name())
                  .toList());
    } else if (((Class<?>) type).isRecord()) {
      assertObject((Class<?>) type, node, schema);
    } else {
      String name =
          Map.of(int.class, "integer", boolean.class, "boolean").getOrDefault(type, "string");
      assertThat(node.path("type")).as("%s %s", type, node).hasToString("\"" + name + "\"");
    }
  }

  private static List<String> texts(JsonNode array) {
    return array.valueStream().map(JsonNode::stringValue).toList();
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
