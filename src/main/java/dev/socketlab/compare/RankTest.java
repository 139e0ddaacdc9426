package dev.socketlab.compare;

import dev.socketlab.compare.RankTest.Separation.Order;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.commons.numbers.combinatorics.BinomialCoefficientDouble;
import org.apache.commons.statistics.inference.MannWhitneyUTest;
import org.apache.commons.statistics.inference.PValueMethod;
import org.apache.commons.statistics.inference.WilcoxonSignedRankTest;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;

/**
 * Judges noisy trials by their ranks: no distribution is assumed, one outlier among many trials
 * decides nothing, and p-values are exact. Tests are two-sided.
 *
 * <p>The level is 0.05 by default. It is the conventional one, and the choice is practical: it is
 * the smallest round level at which four against four trials, or six pairs, can be told apart at
 * all (p = 0.029 and 0.031 at best; three against three give 0.1 at best). One test in twenty of
 * equal sets separates them by chance, so correct several tests by {@link Separation#holm}.
 *
 * <p>Exact p-values exist for values without ties. Ties, and pairs without a difference, are
 * resolved in the way that separates least: they can hide a difference, but never make one.
 *
 * {@snippet :
 * RankTest.Separation found = RankTest.atLevel(0.05).independent(microsBefore, microsAfter);
 * }
 */
@API(status = Status.EXPERIMENTAL, since = "0.1")
public final class RankTest {

  /** The level of significance by default. */
  public static final double LEVEL = 0.05;

  private final double level;

  private RankTest(double level) {
    this.level = level;
  }

  /**
   * Chooses a level of significance.
   *
   * @param level above 0 and below 1
   * @return tests at this level
   */
  public static RankTest atLevel(double level) {
    if (!(level > 0 && level < 1)) {
      throw new IllegalArgumentException("a level lies between 0 and 1: level=" + level);
    }
    return new RankTest(level);
  }

  /**
   * Compares independent trials, at the default level, by the test of Mann and Whitney.
   *
   * @param first the trials of one set, at least one, finite
   * @param second the trials of the other set, at least one, finite
   * @return what the ranks say
   */
  public static Separation between(double[] first, double[] second) {
    return new RankTest(LEVEL).independent(first, second);
  }

  /**
   * Compares trials that were interleaved in blocks, at the default level, by the signed ranks of
   * Wilcoxon: the two trials of a block saw the same state of the machine, so that a drift from
   * block to block cancels out.
   *
   * @param first one trial for each block, finite
   * @param second the other trial of the same blocks, in the same order
   * @return what the ranks say
   */
  public static Separation paired(double[] first, double[] second) {
    return new RankTest(LEVEL).blocks(first, second);
  }

  /**
   * Compares independent trials, as {@link #between} does, at this level.
   *
   * @param first the trials of one set, at least one, finite
   * @param second the trials of the other set, at least one, finite
   * @return what the ranks say
   */
  public Separation independent(double[] first, double[] second) {
    requireTrials(first, "first");
    requireTrials(second, "second");
    double best = 2 / BinomialCoefficientDouble.value(first.length + second.length, first.length);
    return leastSeparating(
        Stream.of(-1, 1).map(tieBreak -> mannWhitney(first, second, tieBreak, best)).toList());
  }

  /**
   * Compares trials in blocks, as {@link #paired} does, at this level.
   *
   * @param first one trial for each block, finite
   * @param second the other trial of the same blocks, in the same order
   * @return what the ranks say
   */
  public Separation blocks(double[] first, double[] second) {
    requireTrials(first, "first");
    requireTrials(second, "second");
    if (first.length != second.length) {
      throw new IllegalArgumentException(
          "each block has one trial of both: first=%d trials, second=%d trials"
              .formatted(first.length, second.length));
    }
    double best = Math.scalb(2.0, -first.length);
    return leastSeparating(
        Stream.of(-1, 1).map(sign -> signedRanks(first, second, sign, best)).toList());
  }

  private Separation mannWhitney(double[] first, double[] second, int tieBreak, double best) {
    record Trial(double value, boolean ofFirst) {}
    List<Trial> ranked =
        Stream.concat(
                Arrays.stream(first).mapToObj(value -> new Trial(value, true)),
                Arrays.stream(second).mapToObj(value -> new Trial(value, false)))
            .sorted(
                Comparator.comparingDouble(Trial::value)
                    .thenComparingInt(trial -> trial.ofFirst() ? tieBreak : 0))
            .toList();
    ToRanks ranks =
        ofFirst ->
            IntStream.range(0, ranked.size())
                .filter(i -> ranked.get(i).ofFirst() == ofFirst)
                .asDoubleStream()
                .toArray();
    var result =
        MannWhitneyUTest.withDefaults()
            .with(PValueMethod.EXACT)
            .test(ranks.of(true), ranks.of(false));
    double middle = first.length * (double) second.length / 2;
    return separation(first, second, result.getStatistic() - middle, result.getPValue(), best);
  }

  /** Ranks differences by their size; those without a sign get this one, and ties favour it. */
  private Separation signedRanks(double[] first, double[] second, int sign, double best) {
    ToDoubleFunction<Double> signed = d -> d == 0 ? sign : Math.signum(d);
    List<Double> ranked =
        IntStream.range(0, first.length)
            .mapToObj(i -> first[i] - second[i])
            .sorted(
                Comparator.comparingDouble((Double d) -> Math.abs(d))
                    .thenComparingDouble(d -> signed.applyAsDouble(d) * sign))
            .toList();
    double[] ranks =
        IntStream.range(0, ranked.size())
            .mapToDouble(i -> signed.applyAsDouble(ranked.get(i)) * (i + 1))
            .toArray();
    var result = WilcoxonSignedRankTest.withDefaults().with(PValueMethod.EXACT).test(ranks);
    return separation(first, second, DoubleStream.of(ranks).sum(), result.getPValue(), best);
  }

  private Separation separation(
      double[] first, double[] second, double towardsHigher, double pValue, double best) {
    Order tendency =
        towardsHigher < 0
            ? Order.FIRST_LOWER
            : towardsHigher > 0 ? Order.FIRST_HIGHER : Order.NOT_SEPARABLE;
    return new Separation(first.length, second.length, tendency, Math.min(1, pValue), best, level);
  }

  /**
   * Takes the worse of the two extreme ways to break ties; where they disagree, nothing is said.
   */
  private static Separation leastSeparating(List<Separation> extremes) {
    Separation a = extremes.getFirst();
    Separation b = extremes.getLast();
    if (a.tendency() != b.tendency()) {
      return new Separation(
          a.first(), a.second(), Order.NOT_SEPARABLE, 1, a.smallestPValue(), a.level());
    }
    return a.pValue() > b.pValue() ? a : b;
  }

  private static void requireTrials(double[] trials, String name) {
    if (trials.length == 0 || !Arrays.stream(trials).allMatch(Double::isFinite)) {
      throw new IllegalArgumentException(
          "a set needs at least one trial, each a finite number: %s=%s"
              .formatted(name, Arrays.toString(trials)));
    }
  }

  private interface ToRanks {
    double[] of(boolean ofFirst);
  }

  /**
   * Whether two sets of trials can be told apart, as {@link RankTest} found it.
   *
   * {@snippet :
   * RankTest.Separation found = RankTest.between(microsBefore, microsAfter);
   * String verdict = found.separable() ? found.order().toString() : "not separable";
   * }
   *
   * @param first how many trials the first set has
   * @param second how many trials the second set has
   * @param tendency which way the first set lies of the second, whether or not that is separable
   * @param pValue the two-sided p-value, 0 to 1
   * @param smallestPValue the p-value that so many trials give at best: of sets that do not
   *     overlap, or of pairs that all differ in the same direction
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
     * Corrects for having made several tests at once, by Holm's step-down method: the chance that
     * any of them separates what is equal is then at most the level. Use it wherever several
     * responses or cells are judged together; among twenty tests of equal sets, one separates at
     * 0.05 by chance.
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

    /**
     * The adjusted p-value of the best trials that a test could have had, all others as they are.
     */
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

    /**
     * Describe it with other words for the two orders.
     *
     * @param lower what it means that the first set is lower
     * @param higher what it means that the first set is higher
     * @return one line
     */
    public String describe(String lower, String higher) {
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
}
