package dev.socketlab.artifact;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.cfg.JsonNodeFeature;
import tools.jackson.databind.json.JsonMapper;

/** Reads the JSON form back to the artifact that it was written from, strictly. */
final class JsonReader {
  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .build();

  private JsonReader() {}

  static Artifact read(String json) {
    try {
      return JsonFields.read("", MAPPER.readTree(json), JsonReader::artifact);
    } catch (JacksonException e) {
      throw new IllegalArgumentException("not an artifact, no JSON: " + e.getOriginalMessage(), e);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("not an artifact: " + e.getMessage(), e);
    }
  }

  private static Artifact artifact(JsonFields fields) {
    int schemaVersion = fields.number("schemaVersion");
    if (schemaVersion < Artifact.OLDEST_SCHEMA_VERSION || schemaVersion > Artifact.SCHEMA_VERSION) {
      throw new IllegalArgumentException(
          "this code reads schemaVersion %d to %d, but the document has %d"
              .formatted(Artifact.OLDEST_SCHEMA_VERSION, Artifact.SCHEMA_VERSION, schemaVersion));
    }
    boolean old = schemaVersion == 1;
    Artifact artifact =
        new Artifact(
            schemaVersion,
            fields.text("name"),
            fields.text("experiment"),
            fields.text("title"),
            fields.text("command"),
            instant(fields.text("date")),
            fields.objects("mechanisms", JsonReader::mechanism),
            fields.objects("tables", table -> table(table, old)),
            old ? List.of() : fields.objects("plots", JsonReader::plot),
            fields.texts("howToRead"),
            fields.texts("shows"),
            fields.texts("doesNotShow"),
            fields.texts("notes"),
            fields.objects("parameters", JsonReader::parameter),
            fields.objects("gates", JsonReader::gate),
            fields.object("provenance", JsonReader::provenance));
    if (fields.constant("verdict", Verdict.class) != artifact.verdict()) {
      throw new IllegalArgumentException(
          "field 'verdict' contradicts the mechanisms, which give " + artifact.verdict());
    }
    return artifact;
  }

  private static Instant instant(String date) {
    try {
      return Instant.parse(date);
    } catch (DateTimeException e) {
      throw new IllegalArgumentException("field 'date' must be a UTC time: " + date, e);
    }
  }

  private static MechanismVerdict mechanism(JsonFields fields) {
    return new MechanismVerdict(
        fields.number("number"),
        fields.text("statement"),
        fields.constant("verdict", Verdict.class),
        fields.text("detail"));
  }

  private static Table table(JsonFields fields, boolean old) {
    List<Column> columns = fields.objects("columns", column -> column(column, old));
    return new Table(
        fields.text("title"),
        columns,
        fields.objects(
            "rows", row -> columns.stream().map(column -> cell(row, column.name())).toList()),
        fields.texts("notes"));
  }

  private static Plot plot(JsonFields fields) {
    return new Plot(
        fields.text("title"),
        fields.text("table"),
        fields.constant("kind", Plot.Kind.class),
        fields.texts("x"),
        fields.texts("y"),
        fields.text("by"),
        fields.truth("logX"));
  }

  /** Version 1 did not say what a column is to a comparison. */
  private static Column column(JsonFields fields, boolean old) {
    return new Column(
        fields.text("name"),
        fields.text("unit"),
        fields.text("doc"),
        fields.constant("alignment", Alignment.class),
        old ? Role.INFORMATIONAL : fields.constant("role", Role.class));
  }

  private static Cell cell(JsonFields row, String column) {
    JsonNode value = row.require(column);
    if (value.isString()) {
      return new Cell.Text(value.stringValue());
    }
    if (value.isInt() || value.isLong()) {
      return new Cell.Whole(value.longValue());
    }
    if (value.isBigDecimal()) {
      return new Cell.Decimal(value.decimalValue());
    }
    if (value.isArray()) {
      return value.size() > 0 && value.get(0).isBigDecimal()
          ? new Cell.Decimals(row.decimals(column))
          : new Cell.Series(row.numbers(column));
    }
    if (value.isObject()) {
      return row.object(column, absent -> new Cell.NotAvailable(absent.text("notAvailable")));
    }
    throw new IllegalArgumentException(
        "field '"
            + row.child(column)
            + "' must be a text, a number, numbers or {\"notAvailable\": reason}");
  }

  private static ParameterLine parameter(JsonFields fields) {
    return new ParameterLine(
        fields.text("key"),
        fields.text("value"),
        fields.text("unit"),
        fields.text("origin"),
        fields.text("doc"));
  }

  private static GateLine gate(JsonFields fields) {
    return new GateLine(
        fields.text("name"), fields.text("neededBy"), fields.truth("open"), fields.text("reason"));
  }

  private static Provenance provenance(JsonFields fields) {
    return new Provenance(
        fields.number("version"),
        fields.object("hardware", JsonReader::hardware),
        fields.object("platform", JsonReader::platform),
        fields.text("network"),
        fields.text("jdk"),
        fields.textByName("subjects"),
        fields.textByName("tools"),
        fields.object("source", JsonReader::source));
  }

  private static Provenance.Hardware hardware(JsonFields fields) {
    return new Provenance.Hardware(
        fields.text("machine"),
        fields.text("memory"),
        fields.text("cpu"),
        fields.number("cores"),
        fields.text("onlineProcessors"));
  }

  private static Provenance.Platform platform(JsonFields fields) {
    return new Provenance.Platform(
        fields.text("os"),
        fields.text("kernel"),
        fields.text("placement"),
        fields.text("clockTick"),
        fields.textByName("sysctls"));
  }

  private static Provenance.Source source(JsonFields fields) {
    return new Provenance.Source(
        fields.text("commit"),
        fields.text("workingTree"),
        fields.texts("dirtyInputs"),
        fields.text("digest"),
        fields.texts("digestScope"),
        fields.number("digestFiles"));
  }
}
