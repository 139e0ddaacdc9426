package dev.socketlab.qsl.feed;

import dev.socketlab.qsl.engine.MatchingEngine;
import dev.socketlab.qsl.order.Side;

/** The best bid and ask last published for one symbol; at first there are none. */
final class TopOfBook {
  private final int symbol;
  boolean bidPresent;
  long bid;
  boolean askPresent;
  long ask;

  TopOfBook(int symbol) {
    this.symbol = symbol;
  }

  /** Take over the engine's best prices; return whether any of them is another one. */
  boolean update(MatchingEngine engine) {
    boolean newBidPresent = engine.hasBest(symbol, Side.BUY);
    long newBid = engine.bestPrice(symbol, Side.BUY);
    boolean newAskPresent = engine.hasBest(symbol, Side.SELL);
    long newAsk = engine.bestPrice(symbol, Side.SELL);
    boolean changed =
        newBidPresent != bidPresent
            || newBid != bid
            || newAskPresent != askPresent
            || newAsk != ask;
    bidPresent = newBidPresent;
    bid = newBid;
    askPresent = newAskPresent;
    ask = newAsk;
    return changed;
  }
}
