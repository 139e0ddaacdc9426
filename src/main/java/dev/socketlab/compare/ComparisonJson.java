package dev.socketlab.compare;

import dev.socketlab.artifact.Artifact;
import java.math.BigDecimal;
import java.util.List;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.databind.cfg.JsonNodeFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Writes a comparison for programs. */
final class ComparisonJson {
  private static final int SCHEMA_VERSION = 1;
  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN)
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .build();

  private ComparisonJson() {}

  static String write(Comparison comparison) {
    ObjectNode root = MAPPER.createObjectNode();
    root.put("schemaVersion", SCHEMA_VERSION);
    root.put("experiment", comparison.after().experiment());
    root.put("changed", comparison.changed());
    run(comparison.before(), root.putObject("before"));
    run(comparison.after(), root.putObject("after"));
    differences(comparison.context(), root.putArray("context"));
    differences(comparison.changes(), root.putArray("changes"));
    root.put("exactFigures", comparison.exactFigures());
    ArrayNode noisy = root.putArray("noisy");
    comparison.judgements().forEach(judgement -> judgement(judgement, noisy.addObject()));
    ArrayNode notCompared = root.putArray("notCompared");
    comparison.notCompared().forEach(notCompared::add);
    return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(root) + "\n";
  }

  private static void run(Artifact artifact, ObjectNode node) {
    node.put("date", artifact.date().toString());
    node.put("commit", artifact.provenance().source().commit());
    node.put("sourceDigest", artifact.provenance().source().digest());
    node.put("verdict", artifact.verdict().name());
  }

  private static void differences(List<Difference> differences, ArrayNode array) {
    for (Difference difference : differences) {
      array
          .addObject()
          .put("where", difference.where())
          .put("before", difference.before())
          .put("after", difference.after());
    }
  }

  private static void judgement(Judgement judgement, ObjectNode node) {
    node.put("where", judgement.where());
    numbers(judgement.before(), node.putArray("before"));
    numbers(judgement.after(), node.putArray("after"));
    node.put("separable", judgement.separation().separable());
    node.put("enoughTrials", judgement.separation().enoughTrials());
    node.put("pValue", judgement.separation().pValue());
  }

  private static void numbers(List<BigDecimal> numbers, ArrayNode array) {
    numbers.forEach(array::add);
  }
}
