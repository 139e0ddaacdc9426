package dev.socketlab.compare;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * Whether two sets of trials can be told apart, as {@link RankTest} found it.
 *
 * <pre>{@code
 * Separation found = RankTest.between(microsBefore, microsAfter);
 * String verdict = found.separable() ? found.order().toString() : "not separable";
 * }</pre>
 *
 * @param first how many trials the first set has
 * @param second how many trials the second set has
 * @param tendency which way the first set lies of the second, whether or not that is separable
 * @param pValue the two-sided p-value, 0 to 1
 * @param smallestPValue the p-value that so many trials give at best: of sets that do not overlap,
 *     or of pairs that all differ in the same direction
 * @param level the level of significance
 */
public record Separation(
    int first, int second, Order tendency, double pValue, double smallestPValue, double level) {

  /** How the first set lies to the second. */
  public enum Order {
    /** The first set is lower. */
    FIRST_LOWER,
    /** The first set is higher. */
    FIRST_HIGHER,
    /** The trials do not tell. This is not evidence that the sets are equal. */
    NOT_SEPARABLE
  }

  /** {@return the tendency, if it is significant at the level, otherwise not separable} */
  public Order order() {
    return pValue <= level ? tendency : Order.NOT_SEPARABLE;
  }

  /** {@return whether the two sets are told apart} */
  public boolean separable() {
    return order() != Order.NOT_SEPARABLE;
  }

  /** {@return whether so many trials could ever be told apart at the level, whatever they are} */
  public boolean enoughTrials() {
    return smallestPValue <= level;
  }

  /**
   * Corrects for having made several tests at once, by Holm's step-down method: the chance that any
   * of them separates what is equal is then at most the level. Use it wherever several responses or
   * cells are judged together; among twenty tests of equal sets, one separates at 0.05 by chance.
   *
   * @param family all tests that were made, not only those that look interesting
   * @return the same tests in the same order, their p-values adjusted
   */
  public static List<Separation> holm(List<Separation> family) {
    List<Separation> adjusted = new ArrayList<>(family);
    List<Integer> byPValue =
        IntStream.range(0, family.size())
            .boxed()
            .sorted(Comparator.comparingDouble(i -> family.get(i).pValue()))
            .toList();
    double atLeast = 0;
    for (int step = 0; step < byPValue.size(); step++) {
      int i = byPValue.get(step);
      int tests = family.size() - step;
      atLeast = Math.max(atLeast, Math.min(1, tests * family.get(i).pValue()));
      adjusted.set(i, family.get(i).with(atLeast, atBest(family.get(i), family)));
    }
    return List.copyOf(adjusted);
  }

  /** The adjusted p-value of the best trials that a test could have had, all others as they are. */
  private static double atBest(Separation test, List<Separation> family) {
    long surer = family.stream().filter(t -> t.pValue() < test.smallestPValue()).count();
    return Math.min(1, (family.size() - surer) * test.smallestPValue());
  }

  private Separation with(double newPValue, double newSmallestPValue) {
    return new Separation(first, second, tendency, newPValue, newSmallestPValue, level);
  }

  /** {@return one line, such as {@code not separable, p = 0.20 (4 v 4 trials)}} */
  @Override
  public String toString() {
    return describe("first lower", "first higher");
  }

  /** The same line with other words for the two orders. */
  String describe(String lower, String higher) {
    String trials = "%d v %d trials".formatted(first, second);
    if (!enoughTrials()) {
      return String.format(
          Locale.ROOT,
          "not separable: %s never are at %s, p is %.2g at best",
          trials,
          level,
          smallestPValue);
    }
    String found =
        switch (order()) {
          case FIRST_LOWER -> lower;
          case FIRST_HIGHER -> higher;
          case NOT_SEPARABLE -> "not separable";
        };
    return String.format(Locale.ROOT, "%s, p = %.2g (%s)", found, pValue, trials);
  }
}
