package dev.socketlab.qsl.engine;

import static dev.socketlab.qsl.order.Side.BUY;
import static dev.socketlab.qsl.order.Side.SELL;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.socketlab.qsl.order.OrderType;
import dev.socketlab.qsl.order.RejectReason;
import dev.socketlab.qsl.order.Side;
import dev.socketlab.qsl.order.TimeInForce;
import org.junit.jupiter.api.Test;

class MatchingEngineTest {
  private final EventRecorder events = new EventRecorder();
  private final MatchingEngine engine = new MatchingEngine(2, 4);

  private RejectReason limit(long id, Side side, long price, long quantity) {
    return engine.newOrder(id, 0, side, OrderType.LIMIT, TimeInForce.GTC, price, quantity, events);
  }

  private RejectReason immediate(long id, Side side, long price, long quantity) {
    return engine.newOrder(id, 0, side, OrderType.LIMIT, TimeInForce.IOC, price, quantity, events);
  }

  private RejectReason market(long id, Side side, long quantity) {
    return engine.newOrder(id, 0, side, OrderType.MARKET, TimeInForce.GTC, 0, quantity, events);
  }

  @Test
  void aLimitOrderRestsAndIsTheBest() {
    assertThat(engine.hasBest(0, BUY)).isFalse();
    assertThat(engine.bestPrice(0, BUY)).isZero();

    assertThat(limit(7, BUY, 100, 5)).isEqualTo(RejectReason.NONE);

    assertThat(events.take()).containsExactly("1 accepted 7 of 0");
    assertThat(engine.rests(7, 0)).isTrue();
    assertThat(engine.hasBest(0, BUY)).isTrue();
    assertThat(engine.bestPrice(0, BUY)).isEqualTo(100);
    assertThat(engine.hasBest(0, SELL)).isFalse();
  }

  @Test
  void bestLevelTradesFirstThenOldestAtTheMakersPrice() {
    limit(1, SELL, 102, 1);
    limit(2, SELL, 101, 2);
    limit(3, SELL, 101, 3);
    events.take();

    limit(4, BUY, 102, 7);

    assertThat(events.take())
        .containsExactly(
            "4 accepted 4 of 0",
            "5 trade 4 with 2 of 0: 2 at 101",
            "6 trade 4 with 3 of 0: 3 at 101",
            "7 trade 4 with 1 of 0: 1 at 102");
    assertThat(engine.hasBest(0, SELL)).isFalse();
    assertThat(engine.bestPrice(0, BUY)).isEqualTo(102);
  }

  @Test
  void aPartlyFilledMakerKeepsItsPlace() {
    limit(1, BUY, 100, 5);
    limit(2, BUY, 100, 5);
    limit(3, SELL, 100, 2);
    events.take();

    limit(4, SELL, 100, 4);

    assertThat(events.take())
        .containsExactly(
            "5 accepted 4 of 0",
            "6 trade 4 with 1 of 0: 3 at 100",
            "7 trade 4 with 2 of 0: 1 at 100");
  }

  @Test
  void immediateAndMarketRemaindersAreDiscarded() {
    limit(1, SELL, 100, 1);
    immediate(2, BUY, 100, 3);
    market(3, BUY, 3);

    assertThat(events.take())
        .containsExactly(
            "1 accepted 1 of 0",
            "2 accepted 2 of 0",
            "3 trade 2 with 1 of 0: 1 at 100",
            "4 accepted 3 of 0");
    assertThat(engine.hasBest(0, BUY)).isFalse();
  }

  @Test
  void aMarketOrderTradesAtAnyPrice() {
    limit(1, SELL, Long.MAX_VALUE, 1);
    limit(2, BUY, Long.MIN_VALUE, 1);

    market(3, BUY, 1);
    market(4, SELL, 1);

    assertThat(events.take())
        .contains(
            "4 trade 3 with 1 of 0: 1 at " + Long.MAX_VALUE,
            "6 trade 4 with 2 of 0: 1 at " + Long.MIN_VALUE);
  }

  @Test
  void aCancelledOrderIsGone() {
    limit(1, BUY, 100, 5);

    assertThat(engine.cancel(1, 0, events)).isEqualTo(RejectReason.NONE);
    assertThat(engine.cancel(1, 0, events)).isEqualTo(RejectReason.UNKNOWN_ORDER);

    assertThat(events.take()).containsExactly("1 accepted 1 of 0", "2 canceled 1 of 0");
    assertThat(engine.hasBest(0, BUY)).isFalse();
  }

  @Test
  void aSmallerQuantityKeepsPriority() {
    limit(1, BUY, 100, 5);
    limit(2, BUY, 100, 5);
    engine.modify(1, 0, 100, 2, events);
    market(3, SELL, 3);

    assertThat(events.take())
        .containsExactly(
            "1 accepted 1 of 0",
            "2 accepted 2 of 0",
            "3 modified 1 of 0",
            "4 accepted 3 of 0",
            "5 trade 3 with 1 of 0: 2 at 100",
            "6 trade 3 with 2 of 0: 1 at 100");
  }

  @Test
  void anEqualQuantityKeepsPriority() {
    limit(1, BUY, 100, 5);
    limit(2, BUY, 100, 5);
    engine.modify(1, 0, 100, 5, events);
    market(3, SELL, 1);

    assertThat(events.take()).contains("5 trade 3 with 1 of 0: 1 at 100");
  }

  @Test
  void aLargerQuantityLosesPriority() {
    limit(1, BUY, 100, 5);
    limit(2, BUY, 100, 5);
    engine.modify(1, 0, 100, 6, events);
    market(3, SELL, 6);

    assertThat(events.take())
        .contains("5 trade 3 with 2 of 0: 5 at 100", "6 trade 3 with 1 of 0: 1 at 100");
  }

  @Test
  void aChangedPriceMayTrade() {
    limit(1, BUY, 99, 5);
    limit(2, SELL, 101, 3);
    events.take();

    engine.modify(1, 0, 101, 5, events);

    assertThat(events.take())
        .containsExactly("3 modified 1 of 0", "4 trade 1 with 2 of 0: 3 at 101");
    assertThat(engine.bestPrice(0, BUY)).isEqualTo(101);
    market(3, SELL, 9);
    assertThat(events.take()).contains("6 trade 3 with 1 of 0: 2 at 101");
  }

  @Test
  void aModifiedOrderThatTradesInFullIsGone() {
    limit(1, BUY, 99, 3);
    limit(2, SELL, 101, 3);

    engine.modify(1, 0, 101, 3, events);

    assertThat(engine.rests(1, 0)).isFalse();
    assertThat(engine.rests(2, 0)).isFalse();
  }

  @Test
  void modifyToNothingIsACancelAndAnUnknownIdDoesNothing() {
    limit(1, BUY, 100, 5);
    engine.modify(1, 0, 100, 0, events);

    assertThat(engine.modify(1, 0, 100, 1, events)).isEqualTo(RejectReason.UNKNOWN_ORDER);
    assertThat(events.take()).containsExactly("1 accepted 1 of 0", "2 canceled 1 of 0");
  }

  @Test
  void refusedCommandsEmitNothingAndTakeNoNumber() {
    limit(1, BUY, 100, 5);
    events.take();

    assertThat(limit(1, SELL, 100, 5)).isEqualTo(RejectReason.DUPLICATE_ORDER_ID);
    assertThat(limit(2, BUY, 100, 0)).isEqualTo(RejectReason.INVALID_QUANTITY);
    assertThat(engine.cancel(1, 1, events)).isEqualTo(RejectReason.UNKNOWN_ORDER);
    assertThat(engine.cancel(1, 2, events)).isEqualTo(RejectReason.UNKNOWN_SYMBOL);
    assertThat(engine.modify(1, -1, 1, 1, events)).isEqualTo(RejectReason.UNKNOWN_SYMBOL);

    assertThat(events.take()).isEmpty();
    limit(2, BUY, 100, 1);
    assertThat(events.take()).containsExactly("2 accepted 2 of 0");
  }

  @Test
  void booksOfSymbolsAreApartButShareTheSequence() {
    limit(1, BUY, 100, 5);
    engine.newOrder(1, 1, SELL, OrderType.LIMIT, TimeInForce.GTC, 100, 5, events);

    assertThat(events.take()).containsExactly("1 accepted 1 of 0", "2 accepted 1 of 1");
    assertThat(engine.bestPrice(1, SELL)).isEqualTo(100);
  }

  @Test
  void aFullStorageRefusesOnlyWhatWouldHaveToRest() {
    limit(1, SELL, 101, 1);
    limit(2, SELL, 102, 1);
    limit(3, BUY, 90, 1);
    limit(4, BUY, 91, 1);
    events.take();

    assertThat(limit(5, BUY, 100, 1)).isEqualTo(RejectReason.STORAGE_EXHAUSTED);
    assertThat(immediate(6, BUY, 100, 1)).isEqualTo(RejectReason.NONE);
    assertThat(limit(7, BUY, 101, 3)).isEqualTo(RejectReason.NONE);
    assertThat(limit(8, BUY, 100, 1)).isEqualTo(RejectReason.STORAGE_EXHAUSTED);
    assertThat(engine.modify(3, 0, 95, 9, events)).isEqualTo(RejectReason.NONE);
    assertThat(engine.cancel(7, 0, events)).isEqualTo(RejectReason.NONE);
    assertThat(limit(8, BUY, 100, 1)).isEqualTo(RejectReason.NONE);
  }

  @Test
  void previewCountsTheTradesOfAnOrderAndChangesNothing() {
    limit(1, SELL, 101, 2);
    limit(2, SELL, 101, 2);
    limit(3, SELL, 103, 2);

    assertThat(engine.previewTrades(0, BUY, OrderType.LIMIT, 100, 9)).isZero();
    assertThat(engine.previewTrades(0, BUY, OrderType.LIMIT, 101, 2)).isEqualTo(1);
    assertThat(engine.previewTrades(0, BUY, OrderType.LIMIT, 102, 9)).isEqualTo(2);
    assertThat(engine.previewTrades(0, BUY, OrderType.MARKET, 0, 5)).isEqualTo(3);
    assertThat(engine.previewTrades(2, BUY, OrderType.MARKET, 0, 5)).isZero();
    market(4, BUY, 6);
    assertThat(events.take()).hasSize(7);
  }

  @Test
  void anUnknownSymbolHasNoBook() {
    assertThat(engine.newOrder(1, 2, BUY, OrderType.MARKET, TimeInForce.IOC, 0, 1, events))
        .isEqualTo(RejectReason.UNKNOWN_SYMBOL);
    assertThat(engine.rests(1, 2)).isFalse();
    assertThat(engine.hasBest(-1, BUY)).isFalse();
    assertThat(engine.bestPrice(-1, BUY)).isZero();
  }

  @Test
  void anEngineNeedsASymbolAndStorage() {
    assertThatThrownBy(() -> new MatchingEngine(0, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("out of range: symbols=0, capacity=1, allowed=1 or more");
  }
}
