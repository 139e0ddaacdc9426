package dev.socketlab.compare.internal;

import dev.socketlab.artifact.Artifact;
import dev.socketlab.artifact.Verdict;
import dev.socketlab.compare.RankTest;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.cfg.EnumFeature;
import tools.jackson.databind.json.JsonMapper;

/** Writes a comparison for programs. */
final class ComparisonJson {
  private static final int SCHEMA_VERSION = 1;
  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN)
          .disable(EnumFeature.WRITE_ENUMS_USING_TO_STRING)
          .disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
          .build();

  /** The document; its components are its fields, in their order. */
  private record Form(
      int schemaVersion,
      String experiment,
      boolean changed,
      Run before,
      Run after,
      List<Difference> context,
      List<Difference> changes,
      int exactFigures,
      List<Noisy> noisy,
      List<String> notCompared) {}

  private record Run(Instant date, String commit, String sourceDigest, Verdict verdict) {
    static Run of(Artifact artifact) {
      return new Run(
          artifact.date(),
          artifact.provenance().source().commit(),
          artifact.provenance().source().digest(),
          artifact.verdict());
    }
  }

  private record Noisy(
      String where,
      List<BigDecimal> before,
      List<BigDecimal> after,
      boolean separable,
      boolean enoughTrials,
      double pValue) {
    static Noisy of(Judgement judgement) {
      RankTest.Separation separation = judgement.separation();
      return new Noisy(
          judgement.where(),
          judgement.before(),
          judgement.after(),
          separation.separable(),
          separation.enoughTrials(),
          separation.pValue());
    }
  }

  private ComparisonJson() {}

  static String write(Comparison comparison) {
    Form form =
        new Form(
            SCHEMA_VERSION,
            comparison.after().experiment(),
            comparison.changed(),
            Run.of(comparison.before()),
            Run.of(comparison.after()),
            comparison.context(),
            comparison.changes(),
            comparison.exactFigures(),
            comparison.judgements().stream().map(Noisy::of).toList(),
            comparison.notCompared());
    return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(form) + "\n";
  }
}
