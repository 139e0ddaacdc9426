package dev.socketlab.artifact;

import com.fasterxml.jackson.annotation.Nulls;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.core.exc.InputCoercionException;
import tools.jackson.core.util.DefaultIndenter;
import tools.jackson.core.util.DefaultPrettyPrinter;
import tools.jackson.core.util.Separators;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.cfg.CoercionAction;
import tools.jackson.databind.cfg.CoercionInputShape;
import tools.jackson.databind.cfg.EnumFeature;
import tools.jackson.databind.cfg.JsonNodeFeature;
import tools.jackson.databind.deser.std.StdDeserializer;
import tools.jackson.databind.exc.MismatchedInputException;
import tools.jackson.databind.exc.UnrecognizedPropertyException;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.node.ObjectNode;

/**
 * The JSON form of an artifact: the components of its records in their order, numbers as numbers,
 * and tables as {@link JsonTable} has them. It is read strictly: each field must be there, be of
 * its type and be known. Messages name the field by its path, and its value.
 */
final class Json {
  private static final int LONGEST_SHOWN = 100;
  private static final Map<Class<?>, String> KINDS =
      Map.of(
          String.class, "a text",
          int.class, "a whole number",
          boolean.class, "true or false",
          Instant.class, "a UTC time");
  private static final DefaultIndenter INDENTER = new DefaultIndenter("  ", "\n");
  private static final DefaultPrettyPrinter LAYOUT =
      new DefaultPrettyPrinter(
              Separators.createDefaultInstance()
                  .withObjectNameValueSpacing(Separators.Spacing.AFTER)
                  .withObjectEmptySeparator("")
                  .withArrayEmptySeparator(""))
          .withObjectIndenter(INDENTER)
          .withArrayIndenter(INDENTER);

  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN)
          .enable(
              DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES,
              DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES,
              DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES,
              DeserializationFeature.FAIL_ON_TRAILING_TOKENS,
              DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES,
              DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .enable(EnumFeature.FAIL_ON_NUMBERS_FOR_ENUMS)
          .disable(EnumFeature.READ_ENUMS_USING_TO_STRING, EnumFeature.WRITE_ENUMS_USING_TO_STRING)
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
          .changeDefaultNullHandling(nulls -> nulls.withContentNulls(Nulls.FAIL))
          .withCoercionConfigDefaults(coercion ->
              Arrays.stream(CoercionInputShape.values())
                  .forEach(shape -> coercion.setCoercion(shape, CoercionAction.Fail)))
          .addModule(new SimpleModule().addDeserializer(Instant.class, new InstantReader()))
          .build();

  private Json() {}

  static String write(Artifact artifact) {
    return MAPPER.writer().with(LAYOUT).writeValueAsString(artifact) + "\n";
  }

  static Artifact read(String json) {
    try {
      if (!(MAPPER.readTree(json) instanceof ObjectNode root)) {
        throw new IllegalArgumentException("the document must be an object");
      }
      return read(root);
    } catch (JacksonException e) {
      throw new IllegalArgumentException("not an artifact, no JSON: " + e.getOriginalMessage(), e);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("not an artifact: " + e.getMessage(), e);
    }
  }

  private static Artifact read(ObjectNode root) {
    JsonNode version = require(root, "schemaVersion");
    if (!version.equals(MAPPER.getNodeFactory().numberNode(Artifact.SCHEMA_VERSION))) {
      throw new IllegalArgumentException(
          "this code reads schemaVersion %d, but the document has %s"
              .formatted(Artifact.SCHEMA_VERSION, version));
    }
    JsonNode verdict = require(root, "verdict");
    root.putIfAbsent("invalidTrials", MAPPER.createArrayNode());
    if (root.get("provenance") instanceof ObjectNode provenance) {
      provenance.putIfAbsent("libraries", MAPPER.createObjectNode());
    }
    Artifact artifact;
    try {
      artifact = MAPPER.treeToValue(root, Artifact.class);
    } catch (JacksonException e) {
      throw new IllegalArgumentException(refusal(e, root), e);
    }
    if (!verdict.equals(MAPPER.valueToTree(artifact.verdict()))) {
      throw new IllegalArgumentException(
          "field 'verdict' contradicts the mechanisms, which give %s: %s"
              .formatted(artifact.verdict(), verdict));
    }
    return artifact;
  }

  private static JsonNode require(ObjectNode root, String name) {
    JsonNode value = root.get(name);
    if (value == null) {
      throw new IllegalArgumentException("field '" + name + "' is missing");
    }
    return value;
  }

  /** Say which field is refused, why, and what its value is. */
  private static String refusal(JacksonException e, JsonNode root) {
    StringBuilder path = new StringBuilder();
    JsonNode value = root;
    for (JacksonException.Reference step : e.getPath()) {
      String name = step.getPropertyName();
      if (name == null) {
        path.append('[').append(step.getIndex()).append(']');
        value = value.path(step.getIndex());
      } else {
        path.append(path.isEmpty() ? "" : ".").append(name);
        value = value.path(name);
      }
    }
    if (e.getCause() instanceof IllegalArgumentException unfit) {
      return (path.isEmpty() ? "" : "field '" + path + "': ") + unfit.getMessage();
    }
    String field = "field '" + path + "' ";
    if (value.isMissingNode()) {
      return field + "is missing";
    }
    String shown = value.toString();
    return field
        + why(e, value)
        + ": "
        + (shown.length() > LONGEST_SHOWN ? shown.substring(0, LONGEST_SHOWN) + "…" : shown);
  }

  private static String why(JacksonException e, JsonNode value) {
    Class<?> wanted =
        switch (e) {
          case MismatchedInputException misfit -> misfit.getTargetType();
          case InputCoercionException tooLarge -> tooLarge.getTargetType();
          default -> Object.class;
        };
    if (e instanceof UnrecognizedPropertyException) {
      return "is not known";
    }
    if (value.isNull()) {
      return "must not be null";
    }
    if (wanted.isEnum()) {
      return "must be one of " + Arrays.toString(wanted.getEnumConstants());
    }
    String other = Collection.class.isAssignableFrom(wanted) ? "a list" : "an object";
    return "must be " + KINDS.getOrDefault(wanted, other);
  }

  /** Databind's own takes a number for a time, too. */
  private static final class InstantReader extends StdDeserializer<Instant> {
    InstantReader() {
      super(Instant.class);
    }

    @Override
    public Instant deserialize(JsonParser json, DeserializationContext context) {
      String text = json.currentToken() == JsonToken.VALUE_STRING ? json.getString() : "";
      try {
        return Instant.parse(text);
      } catch (DateTimeException e) {
        throw MismatchedInputException.from(json, Instant.class, e.getMessage()).withCause(e);
      }
    }
  }
}
