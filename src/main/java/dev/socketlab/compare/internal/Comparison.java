package dev.socketlab.compare.internal;

import dev.socketlab.artifact.Artifact;
import dev.socketlab.artifact.Column;
import dev.socketlab.artifact.MechanismVerdict;
import dev.socketlab.compare.RankTest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * What differs between two runs of an experiment.
 *
 * <p>Verdicts, gates and the columns of role {@link Column.Role#EXACT} are changed by any
 * difference. Columns of role {@link Column.Role#NOISY} are changed only where {@link RankTest}
 * separates the raw trials, corrected by {@link RankTest.Separation#holm} over all noisy figures of
 * the comparison. Nothing else is a change. What the two runs did not have in common is the
 * context: it is named, and never counts as a change.
 *
 * {@snippet :
 * Comparison comparison = Comparison.of(before, after);
 * if (comparison.changed()) {
 *   System.out.print(comparison.toText());
 * }
 * }
 *
 * @param before the run to compare with
 * @param after the run that is judged
 * @param context facts of the provenance, parameters and subjects that differ
 * @param changes verdicts, gates and exact figures that differ
 * @param judgements every noisy figure, separable or not
 * @param notCompared what could not be compared, and why
 * @param exactFigures how many exact figures were compared
 */
public record Comparison(
    Artifact before,
    Artifact after,
    List<Difference> context,
    List<Difference> changes,
    List<Judgement> judgements,
    List<String> notCompared,
    int exactFigures) {

  @SuppressWarnings("doclint:missing")
  public Comparison {
    context = List.copyOf(context);
    changes = List.copyOf(changes);
    judgements = List.copyOf(judgements);
    notCompared = List.copyOf(notCompared);
  }

  /**
   * Compares two runs.
   *
   * @param before the run to compare with
   * @param after the run that is judged
   * @return what differs
   * @throws IllegalArgumentException if they are runs of different experiments
   */
  public static Comparison of(Artifact before, Artifact after) {
    return of(before, after, new TableComparison(before.tables(), after.tables()));
  }

  /** The same, where the tables are compared already. */
  static Comparison of(Artifact before, Artifact after, TableComparison tables) {
    if (!before.name().equals(after.name()) || !before.experiment().equals(after.experiment())) {
      throw new IllegalArgumentException(
          "only runs of one experiment can be compared: before=%s (%s), after=%s (%s)"
              .formatted(before.experiment(), before.name(), after.experiment(), after.name()));
    }
    List<Difference> changes = new ArrayList<>();
    changes.addAll(Context.differences(verdicts(before), verdicts(after)));
    changes.addAll(Context.differences(gates(before), gates(after)));
    changes.addAll(tables.changes());
    return new Comparison(
        before,
        after,
        Context.differences(before, after),
        changes,
        corrected(tables.judgements()),
        tables.notCompared(),
        tables.exactFigures());
  }

  /** {@return whether anything changed: a verdict, a gate, an exact or a separable figure} */
  public boolean changed() {
    return !changes.isEmpty() || !separable().isEmpty();
  }

  /** {@return the noisy figures whose trials can be told apart} */
  public List<Judgement> separable() {
    return judgements.stream().filter(judgement -> judgement.separation().separable()).toList();
  }

  /** {@return the comparison as plain text, which ends with a line break} */
  public String toText() {
    return ComparisonText.write(this);
  }

  /** {@return the comparison as Markdown, for a comment on a pull request} */
  public String toMarkdown() {
    return ComparisonMarkdown.write(this);
  }

  /** {@return the comparison as JSON, which ends with a line break} */
  public String toJson() {
    return ComparisonJson.write(this);
  }

  /** {@return one line: what changed, or how much was found equal} */
  String summary() {
    String equal =
        "%d verdicts, %d gates and %d exact figures compared, %d noisy ones judged"
            .formatted(
                after.mechanisms().size(), after.gates().size(), exactFigures, judgements.size());
    if (changed()) {
      return "CHANGED: %d exact, %d noisy (%s)"
          .formatted(changes.size(), separable().size(), equal);
    }
    return hasFigures(before) || hasFigures(after)
        ? "unchanged (" + equal + ")"
        : "nothing to compare: no column of a table is exact or noisy (%d verdicts and %d gates are equal)"
            .formatted(after.mechanisms().size(), after.gates().size());
  }

  /** Whether a run has a column that is compared; what rests on verdicts alone is said to. */
  static boolean hasFigures(Artifact run) {
    return run.tables().stream()
        .flatMap(table -> table.columns().stream())
        .anyMatch(
            column -> column.role() == Column.Role.EXACT || column.role() == Column.Role.NOISY);
  }

  private static Map<String, String> verdicts(Artifact artifact) {
    Map<String, String> verdicts = new LinkedHashMap<>();
    for (MechanismVerdict mechanism : artifact.mechanisms()) {
      verdicts.put("mechanism \"" + mechanism.statement() + "\"", mechanism.verdict().label());
    }
    return verdicts;
  }

  static Map<String, String> gates(Artifact artifact) {
    Map<String, String> gates = new LinkedHashMap<>();
    for (Artifact.GateLine gate : artifact.gates()) {
      gates.put(
          "gate %s (%s)".formatted(gate.name(), gate.neededBy()), gate.open() ? "open" : "CLOSED");
    }
    return gates;
  }

  private static List<Judgement> corrected(List<Judgement> judgements) {
    List<RankTest.Separation> family =
        RankTest.Separation.holm(judgements.stream().map(Judgement::separation).toList());
    return IntStream.range(0, judgements.size())
        .mapToObj(i -> {
          Judgement judgement = judgements.get(i);
          return new Judgement(
              judgement.where(), judgement.before(), judgement.after(), family.get(i));
        })
        .toList();
  }
}
