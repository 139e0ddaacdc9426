package dev.socketlab.compare.internal;

import dev.socketlab.compare.RankTest;
import java.math.BigDecimal;
import java.util.List;

/**
 * What the trials of a noisy figure say.
 *
 * {@snippet :
 * for (Judgement figure : Comparison.of(before, after).separable()) {
 *   System.out.println(figure.where() + ": " + figure.verdict());
 * }
 * }
 *
 * @param where the cell of a table
 * @param before the trials of the run before
 * @param after the trials of the run after
 * @param separation whether they can be told apart, corrected for all noisy figures of the
 *     comparison; its first set is the run before
 */
public record Judgement(
    String where, List<BigDecimal> before, List<BigDecimal> after, RankTest.Separation separation) {
  /** Keep the trials as they are. */
  public Judgement {
    before = List.copyOf(before);
    after = List.copyOf(after);
  }

  /** {@return one line: where, both medians, and what the rank test says} */
  @Override
  public String toString() {
    return "%s: median %s → %s, %s".formatted(where, median(before), median(after), verdict());
  }

  /** {@return higher, lower or not separable, with the p-value and the number of trials} */
  public String verdict() {
    return separation.describe("higher", "lower");
  }

  /** {@return the middle trial, or the mean of the two in the middle, as plain digits} */
  static String median(List<BigDecimal> trials) {
    List<BigDecimal> sorted = trials.stream().sorted().toList();
    BigDecimal low = sorted.get((sorted.size() - 1) / 2);
    BigDecimal high = sorted.get(sorted.size() / 2);
    return low.add(high).divide(BigDecimal.TWO).toPlainString();
  }
}
