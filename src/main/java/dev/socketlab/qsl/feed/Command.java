package dev.socketlab.qsl.feed;

import dev.socketlab.qsl.engine.EngineListener;
import dev.socketlab.qsl.engine.MatchingEngine;
import dev.socketlab.qsl.order.OrderType;
import dev.socketlab.qsl.order.RejectReason;
import dev.socketlab.qsl.order.Side;
import dev.socketlab.qsl.order.TimeInForce;

/**
 * One command of an order flow.
 *
 * @param kind which command
 * @param orderId the order
 * @param symbol its symbol
 * @param side of a new order; BUY otherwise
 * @param type of a new order; LIMIT otherwise
 * @param timeInForce of a new order; GTC otherwise
 * @param price of a new limit order or a modification in ticks; 0 otherwise
 * @param quantity of a new order or a modification in units; 0 otherwise
 */
public record Command(
    Kind kind,
    long orderId,
    int symbol,
    Side side,
    OrderType type,
    TimeInForce timeInForce,
    long price,
    long quantity) {

  /** The commands that there are. */
  public enum Kind {
    /** Enter an order. */
    NEW,
    /** Remove a resting order. */
    CANCEL,
    /** Change a resting order. */
    MODIFY
  }

  /**
   * Describe the entry of a limit order.
   *
   * @param orderId the order
   * @param symbol its symbol
   * @param side buy or sell
   * @param timeInForce what happens to the remainder
   * @param price ticks
   * @param quantity units
   * @return the command
   */
  public static Command limit(
      long orderId, int symbol, Side side, TimeInForce timeInForce, long price, long quantity) {
    return new Command(
        Kind.NEW, orderId, symbol, side, OrderType.LIMIT, timeInForce, price, quantity);
  }

  /**
   * Describe the entry of a market order.
   *
   * @param orderId the order
   * @param symbol its symbol
   * @param side buy or sell
   * @param quantity units
   * @return the command
   */
  public static Command market(long orderId, int symbol, Side side, long quantity) {
    return new Command(
        Kind.NEW, orderId, symbol, side, OrderType.MARKET, TimeInForce.GTC, 0, quantity);
  }

  /**
   * Describe a cancel.
   *
   * @param orderId the order
   * @param symbol its symbol
   * @return the command
   */
  public static Command cancel(long orderId, int symbol) {
    return new Command(
        Kind.CANCEL, orderId, symbol, Side.BUY, OrderType.LIMIT, TimeInForce.GTC, 0, 0);
  }

  /**
   * Describe a modification.
   *
   * @param orderId the order
   * @param symbol its symbol
   * @param price the new limit in ticks
   * @param quantity the new open quantity in units
   * @return the command
   */
  public static Command modify(long orderId, int symbol, long price, long quantity) {
    return new Command(
        Kind.MODIFY, orderId, symbol, Side.BUY, OrderType.LIMIT, TimeInForce.GTC, price, quantity);
  }

  /**
   * Give the command to an engine.
   *
   * @param engine the engine
   * @param events receives what comes of it
   * @return why it was refused, or {@link RejectReason#NONE}
   */
  public RejectReason applyTo(MatchingEngine engine, EngineListener events) {
    return switch (kind) {
      case NEW ->
          engine.newOrder(orderId, symbol, side, type, timeInForce, price, quantity, events);
      case CANCEL -> engine.cancel(orderId, symbol, events);
      case MODIFY -> engine.modify(orderId, symbol, price, quantity, events);
    };
  }
}
