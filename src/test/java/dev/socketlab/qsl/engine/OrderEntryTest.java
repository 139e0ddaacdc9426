package dev.socketlab.qsl.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.socketlab.qsl.order.OrderType;
import dev.socketlab.qsl.order.RejectReason;
import dev.socketlab.qsl.order.Side;
import dev.socketlab.qsl.order.TimeInForce;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OrderEntryTest {
  private static final long RESTING = 1;

  private final EventRecorder events = new EventRecorder();
  private final MatchingEngine engine = new MatchingEngine(1, 1);
  private final OrderEntry entry = new OrderEntry(engine, RiskLimits.DEFAULT);

  private RejectReason enter(
      long id, int symbol, @Nullable Side side, OrderType type, long price, long quantity) {
    return entry.newOrder(id, symbol, side, type, TimeInForce.GTC, price, quantity, events);
  }

  /** Each row fails its own check and all later ones that can fail together with it. */
  @ParameterizedTest(name = "{6}")
  @CsvSource({
    "1, 1, ,     LIMIT,  0,          0,       UNKNOWN_SYMBOL",
    "1, 0, ,     LIMIT,  0,          0,       DUPLICATE_ORDER_ID",
    "2, 0, ,     LIMIT,  0,          0,       INVALID_SIDE",
    "2, 0, SELL, LIMIT,  0,          0,       INVALID_PRICE",
    "2, 0, SELL, LIMIT,  -1,         1000001, INVALID_PRICE",
    "2, 0, SELL, LIMIT,  1000000001, 0,       INVALID_QUANTITY",
    "2, 0, SELL, MARKET, 0,          0,       INVALID_QUANTITY",
    "2, 0, SELL, LIMIT,  1000000001, 1000001, MAX_QUANTITY_EXCEEDED",
    "2, 0, SELL, MARKET, 0,          1000001, MAX_QUANTITY_EXCEEDED",
    "2, 0, SELL, LIMIT,  1000000001, 1,       MAX_NOTIONAL_EXCEEDED",
    "2, 0, SELL, LIMIT,  1001,       1000000, MAX_NOTIONAL_EXCEEDED",
    "2, 0, SELL, LIMIT,  9223372036854775807, 1000000, MAX_NOTIONAL_EXCEEDED",
    "2, 0, BUY,  LIMIT,  1000,       1000000, STORAGE_EXHAUSTED",
    "2, 0, BUY,  MARKET, -5,         1000000, NONE",
    "2, 0, SELL, LIMIT,  50,         1,       NONE",
  })
  void theFirstFailingCheckIsTheReason(
      long id,
      int symbol,
      @Nullable Side side,
      OrderType type,
      long price,
      long quantity,
      RejectReason expected) {
    enter(RESTING, 0, Side.BUY, OrderType.LIMIT, 50, 5);
    events.take();

    assertThat(enter(id, symbol, side, type, price, quantity)).isEqualTo(expected);

    if (expected != RejectReason.NONE) {
      assertThat(events.take()).isEmpty();
    }
  }

  @Test
  void aCheckEntersNothing() {
    assertThat(entry.check(2, 0, Side.BUY, OrderType.LIMIT, 50, 5)).isEqualTo(RejectReason.NONE);

    assertThat(engine.rests(2, 0)).isFalse();
    assertThat(events.take()).isEmpty();
  }

  @Test
  void cancelPassesThrough() {
    enter(RESTING, 0, Side.BUY, OrderType.LIMIT, 50, 5);

    assertThat(entry.cancel(RESTING, 0, events)).isEqualTo(RejectReason.NONE);
    assertThat(entry.cancel(RESTING, 0, events)).isEqualTo(RejectReason.UNKNOWN_ORDER);
  }

  @Test
  void limitsBelowOneMakeNoSense() {
    assertThatThrownBy(() -> new RiskLimits(1, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("out of range: maxQuantity=1, maxNotional=0, allowed=1 or more");
  }
}
