package dev.socketlab.qsl.engine;

import dev.socketlab.qsl.order.OrderType;
import dev.socketlab.qsl.order.RejectReason;
import dev.socketlab.qsl.order.Side;
import dev.socketlab.qsl.order.TimeInForce;
import java.util.Objects;

/** The book of one symbol: price-time priority, trades at the resting order's price. */
final class OrderBook {
  private final int symbol;
  private final OrderPool pool;
  private final EventSequence sequence;
  private final OrderIndex index = new OrderIndex();
  private final BookSide bids = new BookSide(Side.BUY);
  private final BookSide asks = new BookSide(Side.SELL);

  OrderBook(int symbol, OrderPool pool, EventSequence sequence) {
    this.symbol = symbol;
    this.pool = pool;
    this.sequence = sequence;
  }

  BookSide side(Side side) {
    return side == Side.BUY ? bids : asks;
  }

  boolean rests(long id) {
    return index.find(id) != null;
  }

  RejectReason add(
      long id,
      Side side,
      OrderType type,
      TimeInForce timeInForce,
      long price,
      long quantity,
      EngineListener events) {
    if (rests(id)) {
      return RejectReason.DUPLICATE_ORDER_ID;
    }
    if (quantity <= 0) {
      return RejectReason.INVALID_QUANTITY;
    }
    boolean mayRest = type == OrderType.LIMIT && timeInForce == TimeInForce.GTC;
    BookSide makers = side(side.opposite());
    long limitRank = limitRank(makers, type, price);
    // An order that trades and still has a remainder has freed the storage of its makers.
    if (mayRest && pool.isExhausted() && !makers.crosses(limitRank)) {
      return RejectReason.STORAGE_EXHAUSTED;
    }
    events.onAccepted(sequence.next(), id, symbol);
    long remainder = match(id, makers, limitRank, quantity, events);
    if (mayRest && remainder > 0) {
      Order order = pool.acquire();
      order.id = id;
      order.side = side;
      order.price = price;
      order.quantity = remainder;
      index.add(order);
      side(side).add(order);
    }
    return RejectReason.NONE;
  }

  RejectReason cancel(long id, EngineListener events) {
    Order order = index.find(id);
    if (order == null) {
      return RejectReason.UNKNOWN_ORDER;
    }
    side(order.side).remove(order);
    forget(order);
    events.onCanceled(sequence.next(), id, symbol);
    return RejectReason.NONE;
  }

  RejectReason modify(long id, long price, long quantity, EngineListener events) {
    if (quantity <= 0) {
      return cancel(id, events);
    }
    Order order = index.find(id);
    if (order == null) {
      return RejectReason.UNKNOWN_ORDER;
    }
    if (price == order.price && quantity <= order.quantity) {
      order.quantity = quantity;
      events.onModified(sequence.next(), id, symbol);
    } else {
      replace(order, price, quantity, events);
    }
    return RejectReason.NONE;
  }

  private void replace(Order order, long price, long quantity, EngineListener events) {
    BookSide own = side(order.side);
    own.remove(order);
    events.onModified(sequence.next(), order.id, symbol);
    BookSide makers = side(order.side.opposite());
    long remainder = match(order.id, makers, makers.rank(price), quantity, events);
    if (remainder == 0) {
      forget(order);
    } else {
      order.price = price;
      order.quantity = remainder;
      own.add(order);
    }
  }

  int previewTrades(Side side, OrderType type, long price, long quantity) {
    BookSide makers = side(side.opposite());
    long limitRank = limitRank(makers, type, price);
    long remainder = quantity;
    int trades = 0;
    PriceLevel level = makers.best();
    for (int depth = 1; level != null && level.rank >= limitRank; depth++) {
      for (Order maker = level.oldest; maker != null && remainder > 0; maker = maker.next) {
        remainder -= Math.min(remainder, maker.quantity);
        trades++;
      }
      level = remainder > 0 ? makers.atDepth(depth) : null;
    }
    return trades;
  }

  private long match(
      long takerId, BookSide makers, long limitRank, long quantity, EngineListener events) {
    long remainder = quantity;
    while (remainder > 0) {
      PriceLevel level = makers.best();
      if (level == null || level.rank < limitRank) {
        break;
      }
      Order maker = Objects.requireNonNull(level.oldest);
      long makerId = maker.id;
      long price = maker.price;
      long traded = Math.min(remainder, maker.quantity);
      remainder -= traded;
      maker.quantity -= traded;
      if (maker.quantity == 0) {
        makers.remove(maker);
        forget(maker);
      }
      events.onTrade(sequence.next(), symbol, takerId, makerId, price, traded);
    }
    return remainder;
  }

  private void forget(Order order) {
    index.remove(order);
    pool.release(order);
  }

  private static long limitRank(BookSide makers, OrderType type, long price) {
    return type == OrderType.MARKET ? Long.MIN_VALUE : makers.rank(price);
  }
}
