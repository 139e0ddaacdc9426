package dev.socketlab.compare;

import static dev.socketlab.compare.RankTest.Separation.Order.FIRST_HIGHER;
import static dev.socketlab.compare.RankTest.Separation.Order.FIRST_LOWER;
import static dev.socketlab.compare.RankTest.Separation.Order.NOT_SEPARABLE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RankTestTest {

  @Test
  void fourAgainstFourThatDoNotOverlapAreSeparable() {
    RankTest.Separation lower = RankTest.between(of(1, 2, 3, 4), of(5, 6, 7, 8));
    assertThat(lower.order()).isEqualTo(FIRST_LOWER);
    assertThat(lower.pValue()).isCloseTo(2 / 70.0, within(1e-9));
    assertThat(lower).hasToString("first lower, p = 0.029 (4 v 4 trials)");
    assertThat(RankTest.between(of(5, 6, 7, 8), of(1, 2, 3, 4)).order()).isEqualTo(FIRST_HIGHER);
  }

  @Test
  void threeAgainstThreeNeverAre() {
    RankTest.Separation few = RankTest.between(of(1, 2, 3), of(1001, 1002, 1003));
    assertThat(few.order()).isEqualTo(NOT_SEPARABLE);
    assertThat(few.enoughTrials()).isFalse();
    assertThat(few).hasToString("not separable: 3 v 3 trials never are at 0.05, p is 0.10 at best");
    assertThat(RankTest.atLevel(0.1).independent(of(1, 2, 3), of(11, 12, 13)).separable()).isTrue();
  }

  @Test
  void overlapIsNotSeparable() {
    RankTest.Separation overlap = RankTest.between(of(1, 2, 3, 5), of(4, 6, 7, 8));
    assertThat(overlap.order()).isEqualTo(NOT_SEPARABLE);
    assertThat(overlap.tendency()).isEqualTo(FIRST_LOWER);
    assertThat(overlap).hasToString("not separable, p = 0.057 (4 v 4 trials)");
  }

  @Test
  void tiesCanHideADifferenceButNeverMakeOne() {
    assertThat(RankTest.between(of(7, 7, 7, 7), of(7, 7, 7, 7)).pValue()).isEqualTo(1);
    assertThat(RankTest.between(of(1, 1, 1, 1), of(2, 2, 2, 2)).pValue())
        .isCloseTo(2 / 70.0, within(1e-9));
    assertThat(RankTest.between(of(1, 2, 3, 4), of(4, 5, 6, 7)).separable()).isFalse();
  }

  @Test
  void sixPairsInOneDirectionAreSeparableAndFiveAreNot() {
    RankTest.Separation six = RankTest.paired(of(1, 12, 3, 14, 5, 16), of(2, 14, 6, 18, 10, 22));
    assertThat(six.order()).isEqualTo(FIRST_LOWER);
    assertThat(six.pValue()).isCloseTo(2 / 64.0, within(1e-9));
    RankTest.Separation five = RankTest.paired(of(1, 12, 3, 14, 5), of(2, 14, 6, 18, 10));
    assertThat(five.order()).isEqualTo(NOT_SEPARABLE);
    assertThat(five.enoughTrials()).isFalse();
    assertThat(five.smallestPValue()).isEqualTo(five.pValue()).isEqualTo(2 / 32.0);
  }

  @Test
  void pairsSeeThroughADriftThatHidesADifference() {
    double[] drifting = of(10, 20, 30, 40, 50, 60);
    double[] faster = of(9, 18, 27, 36, 45, 54);
    assertThat(RankTest.between(faster, drifting).separable()).isFalse();
    assertThat(RankTest.paired(faster, drifting).order()).isEqualTo(FIRST_LOWER);
  }

  @Test
  void pairsWithoutADifferenceSpeakAgainstOne() {
    assertThat(RankTest.paired(of(3, 3, 3, 3, 3, 3), of(3, 3, 3, 3, 3, 3)).pValue()).isEqualTo(1);
    assertThat(RankTest.paired(of(1, 2, 3, 4, 5, 6, 7), of(1, 3, 5, 7, 9, 11, 13)).pValue())
        .as("the smallest rank on the other side")
        .isCloseTo(4 / 128.0, within(1e-9));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void equalSetsSeparateNoMoreOftenThanTheLevel(long seed) {
    Random random = new Random(seed);
    int repetitions = 2_000;
    int coarse = 12;
    int independent = 0;
    int blocks = 0;
    for (int i = 0; i < repetitions; i++) {
      double[] a = random.ints(8, 0, coarse).asDoubleStream().toArray();
      double[] b = random.ints(8, 0, coarse).asDoubleStream().toArray();
      independent += RankTest.between(a, b).separable() ? 1 : 0;
      blocks += RankTest.paired(a, b).separable() ? 1 : 0;
    }
    assertThat(independent).isBetween(1, repetitions / 20);
    assertThat(blocks).isBetween(1, repetitions / 20);
  }

  @Test
  void holmAdjustsTheWholeFamilyAndKeepsItsOrder() {
    List<RankTest.Separation> family = List.of(p(0.04), p(0.01), p(0.03), p(0.20));
    assertThat(RankTest.Separation.holm(family))
        .extracting(s -> Math.round(s.pValue() * 1_000) / 1_000.0)
        .containsExactly(0.09, 0.04, 0.09, 0.20);
    assertThat(RankTest.Separation.holm(family))
        .extracting(RankTest.Separation::separable)
        .containsExactly(false, true, false, false);
  }

  @Test
  void aPValueAtTheLevelIsEnough() {
    RankTest.Separation atTheLevel = new RankTest.Separation(8, 8, FIRST_LOWER, 0.05, 0.05, 0.05);
    assertThat(atTheLevel.separable()).isTrue();
    assertThat(atTheLevel.enoughTrials()).isTrue();
  }

  @Test
  void whatIsSurerThanATestCanBeDoesNotCountAgainstIt() {
    RankTest.Separation few = new RankTest.Separation(4, 4, FIRST_LOWER, 0.5, 0.03, RankTest.LEVEL);
    assertThat(RankTest.Separation.holm(List.of(p(0.01), few, p(0.4))).get(1).smallestPValue())
        .as("two tests are left where the surer one is done")
        .isEqualTo(2 * 0.03);
  }

  @Test
  void likeDesignsHaveLikeChances() {
    double[] low = of(1, 2, 3, 4, 5);
    double[] high = of(6, 7, 8, 9, 10);
    double[] mixed = of(1, 7, 3, 9, 5);
    List<RankTest.Separation> family =
        List.of(
            RankTest.between(low, high),
            RankTest.between(low, mixed),
            RankTest.between(mixed, high));
    assertThat(RankTest.Separation.holm(family))
        .extracting(RankTest.Separation::smallestPValue)
        .containsOnly(3 * family.getFirst().smallestPValue());
  }

  @Test
  void wrongTrialsAreRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> RankTest.between(of(), of(1)))
        .withMessage("a set needs at least one trial, each a finite number: first=[]");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> RankTest.between(of(1), of(Double.NaN)))
        .withMessage("a set needs at least one trial, each a finite number: second=[NaN]");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> RankTest.paired(of(1, 2), of(1)))
        .withMessage("each block has one trial of both: first=2 trials, second=1 trials");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> RankTest.paired(of(), of()))
        .withMessage("a set needs at least one trial, each a finite number: first=[]");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> RankTest.paired(of(1), of(Double.POSITIVE_INFINITY)))
        .withMessage("a set needs at least one trial, each a finite number: second=[Infinity]");
    assertThatIllegalArgumentException().isThrownBy(() -> RankTest.atLevel(0));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> RankTest.atLevel(1))
        .withMessage("a level lies between 0 and 1: level=1.0");
  }

  private static RankTest.Separation p(double value) {
    return new RankTest.Separation(8, 8, FIRST_LOWER, value, 0.0001, RankTest.LEVEL);
  }

  private static double[] of(double... values) {
    return Arrays.copyOf(values, values.length);
  }
}
