package dev.socketlab.qsl.gateway;

import dev.socketlab.qsl.engine.EngineListener;
import dev.socketlab.qsl.engine.MatchingEngine;
import dev.socketlab.qsl.engine.OrderEntry;
import dev.socketlab.qsl.engine.RiskLimits;
import dev.socketlab.qsl.order.OrderType;
import dev.socketlab.qsl.order.RejectReason;
import dev.socketlab.qsl.order.Side;
import dev.socketlab.qsl.order.TimeInForce;
import org.jspecify.annotations.Nullable;

/**
 * The one engine of a gateway, with the symbols AAPL (0) and MSFT (1). Safe for use by the threads
 * of all sessions: one command at a time, so that its events have consecutive numbers.
 */
final class Exchange {
  private static final int SYMBOLS = 2;

  /** Storage is taken when it is first needed, so a high limit costs nothing. */
  private static final int MOST_RESTING_ORDERS = 1 << 20;

  private final MatchingEngine engine;
  private final OrderEntry entry;

  Exchange() {
    this(MOST_RESTING_ORDERS);
  }

  Exchange(int mostRestingOrders) {
    engine = new MatchingEngine(SYMBOLS, mostRestingOrders);
    entry = new OrderEntry(engine, RiskLimits.DEFAULT);
  }

  /**
   * Enter an order, unless there is no room for its replies.
   *
   * @return why it was refused, {@link RejectReason#NONE}, or null if there is no room; then the
   *     engine has not been touched
   */
  synchronized @Nullable RejectReason newOrder(
      long id,
      int symbol,
      Side side,
      OrderType type,
      TimeInForce timeInForce,
      long price,
      long quantity,
      OrderReplies replies) {
    RejectReason reason = entry.check(id, symbol, side, type, price, quantity);
    if (reason != RejectReason.NONE) {
      return reason;
    }
    if (!replies.makeRoomFor(engine.previewTrades(symbol, side, type, price, quantity))) {
      return null;
    }
    return engine.newOrder(id, symbol, side, type, timeInForce, price, quantity, replies);
  }

  /** Cancel an order; why that was refused, or {@link RejectReason#NONE}. */
  synchronized RejectReason cancel(long id, int symbol, EngineListener events) {
    return entry.cancel(id, symbol, events);
  }
}
