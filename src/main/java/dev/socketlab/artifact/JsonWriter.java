package dev.socketlab.artifact;

import java.util.Collection;
import java.util.Map;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.core.util.DefaultIndenter;
import tools.jackson.core.util.DefaultPrettyPrinter;
import tools.jackson.core.util.Separators;
import tools.jackson.databind.cfg.JsonNodeFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Writes the JSON form: keys in a fixed order, numbers as numbers, a row of a table as an object
 * keyed by column, a series as a list, a missing value as {@code {"notAvailable": reason}}.
 */
final class JsonWriter {
  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN)
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .build();
  private static final DefaultIndenter INDENTER = new DefaultIndenter("  ", "\n");
  private static final DefaultPrettyPrinter LAYOUT =
      new DefaultPrettyPrinter(
              Separators.createDefaultInstance()
                  .withObjectNameValueSpacing(Separators.Spacing.AFTER)
                  .withObjectEmptySeparator("")
                  .withArrayEmptySeparator(""))
          .withObjectIndenter(INDENTER)
          .withArrayIndenter(INDENTER);

  private JsonWriter() {}

  static String write(Artifact artifact) {
    ObjectNode root = MAPPER.createObjectNode();
    root.put("schemaVersion", artifact.schemaVersion());
    root.put("name", artifact.name());
    root.put("experiment", artifact.experiment());
    root.put("title", artifact.title());
    root.put("verdict", artifact.verdict().name());
    root.put("command", artifact.command());
    root.put("date", artifact.date().toString());
    ArrayNode mechanisms = root.putArray("mechanisms");
    artifact.mechanisms().forEach(mechanism -> write(mechanism, mechanisms.addObject()));
    ArrayNode tables = root.putArray("tables");
    artifact.tables().forEach(table -> write(table, tables.addObject(), artifact.schemaVersion()));
    if (artifact.schemaVersion() > 1) {
      ArrayNode plots = root.putArray("plots");
      artifact.plots().forEach(plot -> write(plot, plots.addObject()));
    }
    strings(root, "howToRead", artifact.howToRead());
    strings(root, "shows", artifact.shows());
    strings(root, "doesNotShow", artifact.doesNotShow());
    strings(root, "notes", artifact.notes());
    ArrayNode parameters = root.putArray("parameters");
    artifact.parameters().forEach(parameter -> write(parameter, parameters.addObject()));
    ArrayNode gates = root.putArray("gates");
    artifact.gates().forEach(gate -> write(gate, gates.addObject()));
    write(artifact.provenance(), root.putObject("provenance"));
    return MAPPER.writer().with(LAYOUT).writeValueAsString(root) + "\n";
  }

  private static void write(MechanismVerdict mechanism, ObjectNode node) {
    node.put("number", mechanism.number());
    node.put("statement", mechanism.statement());
    node.put("verdict", mechanism.verdict().name());
    node.put("detail", mechanism.detail());
  }

  private static void write(Table table, ObjectNode node, int schemaVersion) {
    node.put("title", table.title());
    ArrayNode columns = node.putArray("columns");
    for (Column column : table.columns()) {
      ObjectNode entry = columns.addObject();
      entry.put("name", column.name());
      entry.put("unit", column.unit());
      entry.put("doc", column.doc());
      entry.put("alignment", column.alignment().name());
      if (schemaVersion > 1) {
        entry.put("role", column.role().name());
      }
    }
    ArrayNode rows = node.putArray("rows");
    table
        .rows()
        .forEach(row -> {
          ObjectNode entry = rows.addObject();
          for (int i = 0; i < row.size(); i++) {
            write(row.get(i), table.columns().get(i).name(), entry);
          }
        });
    strings(node, "notes", table.notes());
  }

  private static void write(Plot plot, ObjectNode node) {
    node.put("title", plot.title());
    node.put("table", plot.table());
    node.put("kind", plot.kind().name());
    strings(node, "x", plot.x());
    strings(node, "y", plot.y());
    node.put("by", plot.by());
    node.put("logX", plot.logX());
  }

  private static void write(Cell cell, String key, ObjectNode row) {
    switch (cell) {
      case Cell.Text text -> row.put(key, text.value());
      case Cell.Whole number -> row.put(key, number.value());
      case Cell.Decimal number -> row.put(key, number.value());
      case Cell.Series series -> {
        ArrayNode array = row.putArray(key);
        series.values().forEach(array::add);
      }
      case Cell.Decimals series -> {
        ArrayNode array = row.putArray(key);
        series.values().forEach(array::add);
      }
      case Cell.NotAvailable absent -> row.putObject(key).put("notAvailable", absent.reason());
    }
  }

  private static void write(ParameterLine parameter, ObjectNode node) {
    node.put("key", parameter.key());
    node.put("value", parameter.value());
    node.put("unit", parameter.unit());
    node.put("origin", parameter.origin());
    node.put("doc", parameter.doc());
  }

  private static void write(GateLine gate, ObjectNode node) {
    node.put("name", gate.name());
    node.put("neededBy", gate.neededBy());
    node.put("open", gate.open());
    node.put("reason", gate.reason());
  }

  private static void write(Provenance provenance, ObjectNode node) {
    node.put("version", provenance.version());
    write(provenance.hardware(), node.putObject("hardware"));
    write(provenance.platform(), node.putObject("platform"));
    node.put("network", provenance.network());
    node.put("jdk", provenance.jdk());
    map(node, "subjects", provenance.subjects());
    map(node, "tools", provenance.tools());
    write(provenance.source(), node.putObject("source"));
  }

  private static void write(Provenance.Hardware hardware, ObjectNode node) {
    node.put("machine", hardware.machine());
    node.put("memory", hardware.memory());
    node.put("cpu", hardware.cpu());
    node.put("cores", hardware.cores());
    node.put("onlineProcessors", hardware.onlineProcessors());
  }

  private static void write(Provenance.Platform platform, ObjectNode node) {
    node.put("os", platform.os());
    node.put("kernel", platform.kernel());
    node.put("placement", platform.placement());
    node.put("clockTick", platform.clockTick());
    map(node, "sysctls", platform.sysctls());
  }

  private static void write(Provenance.Source source, ObjectNode node) {
    node.put("commit", source.commit());
    node.put("workingTree", source.workingTree());
    strings(node, "dirtyInputs", source.dirtyInputs());
    node.put("digest", source.digest());
    strings(node, "digestScope", source.digestScope());
    node.put("digestFiles", source.digestFiles());
  }

  private static void strings(ObjectNode node, String key, Collection<String> values) {
    ArrayNode array = node.putArray(key);
    values.forEach(array::add);
  }

  private static void map(ObjectNode node, String key, Map<String, String> values) {
    ObjectNode object = node.putObject(key);
    values.forEach(object::put);
  }
}
