package dev.socketlab.qsl.feed;

import dev.socketlab.qsl.engine.EngineListener;
import dev.socketlab.qsl.engine.MatchingEngine;
import dev.socketlab.qsl.protocol.Frame;
import dev.socketlab.qsl.protocol.FrameEncoder;
import java.nio.ByteBuffer;

/**
 * Turns an engine's events into market-data datagrams: one for each trade as it happens, and one
 * for the best bid and ask after a command that changed them. Each takes the next sequence, from 1,
 * also if it cannot be sent. One direct buffer is used for all of them.
 */
public final class MarketDataFeed implements EngineListener {
  private final TopOfBook[] published;
  private final long datagramLimit;
  private final DatagramSink sink;
  private final ByteBuffer datagram = ByteBuffer.allocateDirect(Frame.LONGEST_FRAME_BYTES);
  private long sequence;
  private long sentTrades;
  private long sentTopsOfBook;

  /**
   * Start a feed.
   *
   * @param symbols number of symbols
   * @param datagramLimit the last sequence to use; what comes after it is not published
   * @param sink where the datagrams go
   */
  public MarketDataFeed(int symbols, long datagramLimit, DatagramSink sink) {
    this.datagramLimit = datagramLimit;
    this.sink = sink;
    published = new TopOfBook[symbols];
    for (int symbol = 0; symbol < symbols; symbol++) {
      published[symbol] = new TopOfBook(symbol);
    }
  }

  @Override
  public void onTrade(
      long engineSequence, int symbol, long takerId, long makerId, long price, long quantity) {
    if (!isComplete()) {
      datagram.clear();
      FrameEncoder.mdTrade(datagram, ++sequence, symbol, price, quantity);
      sentTrades += send();
    }
  }

  /**
   * Publish the best bid and ask of a symbol if they are not those last published. To be called
   * after each command.
   *
   * @param engine the engine after the command
   * @param symbol the command's symbol
   */
  public void publishTopOfBook(MatchingEngine engine, int symbol) {
    TopOfBook top = published[symbol];
    if (top.update(engine) && !isComplete()) {
      datagram.clear();
      FrameEncoder.mdTopOfBook(
          datagram, ++sequence, symbol, top.bidPresent, top.bid, top.askPresent, top.ask);
      sentTopsOfBook += send();
    }
  }

  private int send() {
    return sink.send(datagram.flip()) ? 1 : 0;
  }

  /**
   * Return whether the limit of datagrams is reached.
   *
   * @return true once nothing more will be published
   */
  public boolean isComplete() {
    return sequence >= datagramLimit;
  }

  /**
   * Return the sequence of the last datagram, sent or failed.
   *
   * @return 0 before the first one
   */
  public long lastSequence() {
    return sequence;
  }

  /**
   * Return how many trades were sent.
   *
   * @return datagrams, without failed ones
   */
  public long sentTrades() {
    return sentTrades;
  }

  /**
   * Return how many changes of a best bid or ask were sent.
   *
   * @return datagrams, without failed ones
   */
  public long sentTopsOfBook() {
    return sentTopsOfBook;
  }

  @Override
  public void onAccepted(long engineSequence, long orderId, int symbol) {}

  @Override
  public void onCanceled(long engineSequence, long orderId, int symbol) {}

  @Override
  public void onModified(long engineSequence, long orderId, int symbol) {}
}
