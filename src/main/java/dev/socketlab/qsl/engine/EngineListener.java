package dev.socketlab.qsl.engine;

/**
 * Receives the engine's events in order, on the thread that gave the command. It must not give the
 * engine a command and must not throw. It may query it: a maker that has traded in full no longer
 * rests, but where the command's own order ends up is settled only when the command returns. Every
 * event takes the next number of one sequence over all symbols, which starts at 1.
 */
public interface EngineListener {
  /**
   * Take an accepted order; its trades follow.
   *
   * @param sequence number of the event
   * @param orderId the order
   * @param symbol its symbol
   */
  void onAccepted(long sequence, long orderId, int symbol);

  /**
   * Take a trade.
   *
   * @param sequence number of the event
   * @param symbol the symbol
   * @param takerId the incoming order
   * @param makerId the resting order
   * @param price the resting order's price in ticks
   * @param quantity traded units, at least 1
   */
  void onTrade(long sequence, int symbol, long takerId, long makerId, long price, long quantity);

  /**
   * Take the removal of a resting order.
   *
   * @param sequence number of the event
   * @param orderId the order
   * @param symbol its symbol
   */
  void onCanceled(long sequence, long orderId, int symbol);

  /**
   * Take a changed order; its trades follow.
   *
   * @param sequence number of the event
   * @param orderId the order
   * @param symbol its symbol
   */
  void onModified(long sequence, long orderId, int symbol);
}
