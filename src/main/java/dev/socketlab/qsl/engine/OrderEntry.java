package dev.socketlab.qsl.engine;

import dev.socketlab.qsl.order.OrderType;
import dev.socketlab.qsl.order.RejectReason;
import dev.socketlab.qsl.order.Side;
import dev.socketlab.qsl.order.TimeInForce;
import org.jspecify.annotations.Nullable;

/**
 * The risk-checked way into an engine. An order is checked in this order: symbol known, id not
 * resting, then {@link RiskLimits#check}, then storage.
 */
public final class OrderEntry {
  private final MatchingEngine engine;
  private final RiskLimits limits;

  /**
   * Create an entry.
   *
   * @param engine receives what passes
   * @param limits what passes
   */
  public OrderEntry(MatchingEngine engine, RiskLimits limits) {
    this.engine = engine;
    this.limits = limits;
  }

  /**
   * Check an order without entering it. What passes can still be refused for want of storage.
   *
   * @param id the order
   * @param symbol its symbol
   * @param side null if the sender's side was neither buy nor sell
   * @param type limit or market
   * @param price ticks
   * @param quantity units
   * @return the first check that fails, or {@link RejectReason#NONE}
   */
  public RejectReason check(
      long id, int symbol, @Nullable Side side, OrderType type, long price, long quantity) {
    if (!engine.knows(symbol)) {
      return RejectReason.UNKNOWN_SYMBOL;
    }
    if (engine.rests(id, symbol)) {
      return RejectReason.DUPLICATE_ORDER_ID;
    }
    return limits.check(side, type, price, quantity);
  }

  /**
   * Check an order and enter it.
   *
   * @param id the order
   * @param symbol its symbol
   * @param side null if the sender's side was neither buy nor sell
   * @param type limit or market
   * @param timeInForce what happens to the remainder of a limit order
   * @param price ticks
   * @param quantity units
   * @param events receives accepted, then one event for each trade
   * @return why it was refused, or {@link RejectReason#NONE}
   */
  public RejectReason newOrder(
      long id,
      int symbol,
      @Nullable Side side,
      OrderType type,
      TimeInForce timeInForce,
      long price,
      long quantity,
      EngineListener events) {
    RejectReason reason = check(id, symbol, side, type, price, quantity);
    if (reason != RejectReason.NONE || side == null) {
      return reason;
    }
    return engine.newOrder(id, symbol, side, type, timeInForce, price, quantity, events);
  }

  /**
   * Cancel an order; there is nothing to check beyond what the engine does.
   *
   * @param id the order
   * @param symbol its symbol
   * @param events receives canceled
   * @return why it was refused, or {@link RejectReason#NONE}
   */
  public RejectReason cancel(long id, int symbol, EngineListener events) {
    return engine.cancel(id, symbol, events);
  }
}
