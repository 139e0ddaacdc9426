package dev.socketlab.qsl.feed;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SequenceTrackerTest {
  private final SequenceTracker tracker = new SequenceTracker();

  private void observe(long... sequences) {
    for (long sequence : sequences) {
      tracker.observe(sequence);
    }
  }

  @Test
  void nothingReceivedIsAllTailLoss() {
    assertThat(tracker.first()).isZero();
    assertThat(tracker.last()).isZero();
    assertThat(tracker.headLoss()).isZero();
    assertThat(tracker.tailLoss(7)).isEqualTo(7);
  }

  @Test
  void theFirstDatagramNeverCountsAsAGap() {
    observe(5);

    assertThat(tracker.interiorGaps()).isZero();
    assertThat(tracker.headLoss()).isEqualTo(4);
    assertThat(tracker.tailLoss(5)).isZero();
  }

  @Test
  void headInteriorAndTailAreApart() {
    observe(3, 4, 7, 9);

    assertThat(tracker.received()).isEqualTo(4);
    assertThat(tracker.headLoss()).isEqualTo(2);
    assertThat(tracker.interiorGaps()).isEqualTo(3);
    assertThat(tracker.tailLoss(20)).isEqualTo(11);
  }

  @Test
  void lowerAndEqualNumbersFillNoGap() {
    observe(1, 5, 3, 5, 6);

    assertThat(tracker.interiorGaps()).isEqualTo(3);
    assertThat(tracker.last()).isEqualTo(6);
    assertThat(tracker.received()).isEqualTo(5);
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void theBooksBalanceWhateverIsLost(long seed) {
    Random random = new Random(seed);
    int published = 1 + random.nextInt(1_000);
    int lossPercent = random.nextInt(101);
    for (int sequence = 1; sequence <= published; sequence++) {
      if (random.nextInt(100) >= lossPercent) {
        observe(sequence);
      }
    }

    assertThat(tracker.interiorGaps() + tracker.headLoss() + tracker.tailLoss(published))
        .isEqualTo(published - tracker.received());
  }
}
