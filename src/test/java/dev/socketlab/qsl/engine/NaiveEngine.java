package dev.socketlab.qsl.engine;

import dev.socketlab.qsl.order.OrderType;
import dev.socketlab.qsl.order.RejectReason;
import dev.socketlab.qsl.order.Side;
import dev.socketlab.qsl.order.TimeInForce;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The rules of matching in the simplest code: one list of orders in the order of their priority in
 * time, searched from end to end for everything.
 */
final class NaiveEngine {
  private record Resting(long id, int symbol, Side side, long price, long quantity) {}

  private final int symbols;
  private final int capacity;
  private final EngineListener events;
  private final List<Resting> book = new ArrayList<>();
  private long sequence;

  NaiveEngine(int symbols, int capacity, EngineListener events) {
    this.symbols = symbols;
    this.capacity = capacity;
    this.events = events;
  }

  RejectReason newOrder(
      long id, int symbol, Side side, OrderType type, TimeInForce tif, long price, long quantity) {
    if (symbol < 0 || symbol >= symbols) {
      return RejectReason.UNKNOWN_SYMBOL;
    }
    if (find(id, symbol).isPresent()) {
      return RejectReason.DUPLICATE_ORDER_ID;
    }
    if (quantity == 0) {
      return RejectReason.INVALID_QUANTITY;
    }
    boolean mayRest = type == OrderType.LIMIT && tif == TimeInForce.GTC;
    boolean trades = bestMaker(symbol, side, type, price).isPresent();
    if (mayRest && !trades && book.size() == capacity) {
      return RejectReason.STORAGE_EXHAUSTED;
    }
    events.onAccepted(++sequence, id, symbol);
    long remainder = match(id, symbol, side, type, price, quantity);
    if (mayRest && remainder > 0) {
      book.add(new Resting(id, symbol, side, price, remainder));
    }
    return RejectReason.NONE;
  }

  RejectReason cancel(long id, int symbol) {
    if (symbol < 0 || symbol >= symbols) {
      return RejectReason.UNKNOWN_SYMBOL;
    }
    Optional<Resting> order = find(id, symbol);
    if (order.isEmpty()) {
      return RejectReason.UNKNOWN_ORDER;
    }
    book.remove(order.get());
    events.onCanceled(++sequence, id, symbol);
    return RejectReason.NONE;
  }

  RejectReason modify(long id, int symbol, long price, long quantity) {
    Optional<Resting> found = find(id, symbol);
    if (quantity == 0 || found.isEmpty()) {
      return cancel(id, symbol);
    }
    Resting order = found.get();
    events.onModified(++sequence, id, symbol);
    int place = book.indexOf(order);
    if (price == order.price && quantity <= order.quantity) {
      book.set(place, new Resting(id, symbol, order.side, price, quantity));
    } else {
      book.remove(place);
      long remainder = match(id, symbol, order.side, OrderType.LIMIT, price, quantity);
      if (remainder > 0) {
        book.add(new Resting(id, symbol, order.side, price, remainder));
      }
    }
    return RejectReason.NONE;
  }

  boolean rests(long id, int symbol) {
    return find(id, symbol).isPresent();
  }

  boolean hasBest(int symbol, Side side) {
    return bestMaker(symbol, side.opposite(), OrderType.MARKET, 0).isPresent();
  }

  long bestPrice(int symbol, Side side) {
    return bestMaker(symbol, side.opposite(), OrderType.MARKET, 0).map(Resting::price).orElse(0L);
  }

  private long match(long id, int symbol, Side side, OrderType type, long price, long quantity) {
    long remainder = quantity;
    while (remainder > 0) {
      Optional<Resting> best = bestMaker(symbol, side, type, price);
      if (best.isEmpty()) {
        return remainder;
      }
      Resting maker = best.get();
      long traded = Math.min(remainder, maker.quantity);
      remainder -= traded;
      int place = book.indexOf(maker);
      if (traded == maker.quantity) {
        book.remove(place);
      } else {
        long left = maker.quantity - traded;
        book.set(place, new Resting(maker.id, symbol, maker.side, maker.price, left));
      }
      events.onTrade(++sequence, symbol, id, maker.id, maker.price, traded);
    }
    return 0;
  }

  /** Find the order that a taker of this side would trade with first. */
  private Optional<Resting> bestMaker(int symbol, Side taker, OrderType type, long limit) {
    Resting best = null;
    for (Resting order : book) {
      boolean eligible =
          order.symbol == symbol
              && order.side != taker
              && (type == OrderType.MARKET || !isBetter(taker, limit, order.price));
      if (eligible && (best == null || isBetter(taker, order.price, best.price))) {
        best = order;
      }
    }
    return Optional.ofNullable(best);
  }

  /** Return whether a maker's price is better for a taker than another one. */
  private static boolean isBetter(Side taker, long price, long other) {
    return taker == Side.BUY ? price < other : price > other;
  }

  private Optional<Resting> find(long id, int symbol) {
    return book.stream().filter(o -> o.id == id && o.symbol == symbol).findFirst();
  }
}
