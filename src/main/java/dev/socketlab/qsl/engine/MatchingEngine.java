package dev.socketlab.qsl.engine;

import dev.socketlab.qsl.order.OrderType;
import dev.socketlab.qsl.order.RejectReason;
import dev.socketlab.qsl.order.Side;
import dev.socketlab.qsl.order.TimeInForce;

/**
 * Matches orders, one book per symbol, without risk checks. A refused command changes nothing and
 * emits no event. After every command no book is crossed. Order ids are any 64-bit values, unique
 * among the resting orders of a symbol; symbols are 0 to the number of symbols − 1; prices are
 * signed ticks; quantities are units, 0 to 2^32 − 1. Nothing is allocated once the largest number
 * of orders and price levels has been seen.
 */
public final class MatchingEngine {
  private final OrderBook[] books;

  /**
   * Create an engine with empty books.
   *
   * @param symbols number of symbols, at least 1
   * @param capacity how many orders may rest in all books together, at least 1
   * @throws IllegalArgumentException if a number is out of range
   */
  public MatchingEngine(int symbols, int capacity) {
    if (symbols < 1 || capacity < 1) {
      throw new IllegalArgumentException(
          "out of range: symbols=" + symbols + ", capacity=" + capacity + ", allowed=1 or more");
    }
    OrderPool pool = new OrderPool(capacity);
    EventSequence sequence = new EventSequence();
    books = new OrderBook[symbols];
    for (int symbol = 0; symbol < symbols; symbol++) {
      books[symbol] = new OrderBook(symbol, pool, sequence);
    }
  }

  /**
   * Enter an order. The remainder of a good-till-cancelled limit order rests; any other remainder
   * is discarded.
   *
   * @param id the order
   * @param symbol its symbol
   * @param side buy or sell
   * @param type limit or market
   * @param timeInForce what happens to the remainder of a limit order
   * @param price limit in ticks; ignored for a market order
   * @param quantity units
   * @param events receives accepted, then one event for each trade
   * @return why it was refused: unknown symbol, duplicate id, quantity 0, no storage to rest in
   */
  public RejectReason newOrder(
      long id,
      int symbol,
      Side side,
      OrderType type,
      TimeInForce timeInForce,
      long price,
      long quantity,
      EngineListener events) {
    return knows(symbol)
        ? books[symbol].add(id, side, type, timeInForce, price, quantity, events)
        : RejectReason.UNKNOWN_SYMBOL;
  }

  /**
   * Remove a resting order.
   *
   * @param id the order
   * @param symbol its symbol
   * @param events receives canceled
   * @return why it was refused: unknown symbol or unknown order
   */
  public RejectReason cancel(long id, int symbol, EngineListener events) {
    return knows(symbol) ? books[symbol].cancel(id, events) : RejectReason.UNKNOWN_SYMBOL;
  }

  /**
   * Change a resting order. With the same price and no larger quantity it keeps its priority;
   * otherwise it is entered anew with this price and quantity, and may trade. Quantity 0 cancels.
   *
   * @param id the order
   * @param symbol its symbol
   * @param price the new limit in ticks
   * @param quantity the new open quantity in units
   * @param events receives modified, then one event for each trade; or canceled
   * @return why it was refused: unknown symbol or unknown order
   */
  public RejectReason modify(
      long id, int symbol, long price, long quantity, EngineListener events) {
    return knows(symbol)
        ? books[symbol].modify(id, price, quantity, events)
        : RejectReason.UNKNOWN_SYMBOL;
  }

  /**
   * Count the trades that a new order would make, without entering it.
   *
   * @param symbol its symbol
   * @param side buy or sell
   * @param type limit or market
   * @param price limit in ticks; ignored for a market order
   * @param quantity units
   * @return number of trades; 0 for an unknown symbol
   */
  public int previewTrades(int symbol, Side side, OrderType type, long price, long quantity) {
    return knows(symbol) ? books[symbol].previewTrades(side, type, price, quantity) : 0;
  }

  /**
   * Return whether a symbol has a book.
   *
   * @param symbol any value
   * @return whether it is one of this engine's symbols
   */
  public boolean knows(int symbol) {
    return symbol >= 0 && symbol < books.length;
  }

  /**
   * Return whether an order rests.
   *
   * @param id the order
   * @param symbol its symbol
   * @return false also for an unknown symbol
   */
  public boolean rests(long id, int symbol) {
    return knows(symbol) && books[symbol].rests(id);
  }

  /**
   * Return whether any order rests on a side.
   *
   * @param symbol the symbol
   * @param side buy or sell
   * @return false also for an unknown symbol
   */
  public boolean hasBest(int symbol, Side side) {
    return knows(symbol) && !books[symbol].side(side).isEmpty();
  }

  /**
   * Return the highest bid or the lowest ask.
   *
   * @param symbol the symbol
   * @param side buy for the bid, sell for the ask
   * @return ticks; 0 where {@link #hasBest} is false
   */
  public long bestPrice(int symbol, Side side) {
    return knows(symbol) ? books[symbol].side(side).bestPrice() : 0;
  }
}
