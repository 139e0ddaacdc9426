package dev.socketlab.qsl.protocol;

import dev.socketlab.qsl.order.OrderType;
import dev.socketlab.qsl.order.RejectReason;
import dev.socketlab.qsl.order.Side;
import dev.socketlab.qsl.order.TimeInForce;

/**
 * Receives decoded messages, one call each. Override what the peer may send; every other message
 * arrives at {@link #onOther}. Order ids, tokens and sequences are unsigned 64-bit values, symbols
 * unsigned 32-bit values in an {@code int}, quantities 0 to 2^32 − 1, prices signed ticks.
 */
public interface MessageHandler {
  /**
   * Take a message that has no override.
   *
   * @param type the message's type
   * @param sequence the header's sequence
   */
  void onOther(MessageType type, long sequence);

  /**
   * Take a new order.
   *
   * @param sequence the header's sequence
   * @param orderId the client's id of the order
   * @param symbol the symbol's number
   * @param price ticks
   * @param quantity units
   * @param side buy or sell
   * @param type limit or market
   * @param timeInForce what happens to a remainder
   */
  default void onNewOrder(
      long sequence,
      long orderId,
      int symbol,
      long price,
      long quantity,
      Side side,
      OrderType type,
      TimeInForce timeInForce) {
    onOther(MessageType.NEW_ORDER, sequence);
  }

  /**
   * Take a cancel request.
   *
   * @param sequence the header's sequence
   * @param orderId the order to cancel
   * @param symbol the symbol's number
   */
  default void onCancelOrder(long sequence, long orderId, int symbol) {
    onOther(MessageType.CANCEL_ORDER, sequence);
  }

  /**
   * Take a published trade.
   *
   * @param sequence the market-data sequence
   * @param symbol the symbol's number
   * @param price ticks
   * @param quantity units
   */
  default void onMdTrade(long sequence, int symbol, long price, long quantity) {
    onOther(MessageType.MD_TRADE, sequence);
  }

  /**
   * Take a published best bid and ask.
   *
   * @param sequence the market-data sequence
   * @param symbol the symbol's number
   * @param bidPresent whether there is a bid
   * @param bid ticks; without meaning when there is no bid
   * @param askPresent whether there is an ask
   * @param ask ticks; without meaning when there is no ask
   */
  default void onMdTopOfBook(
      long sequence, int symbol, boolean bidPresent, long bid, boolean askPresent, long ask) {
    onOther(MessageType.MD_TOP_OF_BOOK, sequence);
  }

  /**
   * Take a heartbeat.
   *
   * @param sequence the header's sequence
   * @param token to be returned
   */
  default void onHeartbeat(long sequence, long token) {
    onOther(MessageType.HEARTBEAT, sequence);
  }

  /**
   * Take the reply to a heartbeat.
   *
   * @param sequence the header's sequence
   * @param token the heartbeat's token
   */
  default void onHeartbeatAck(long sequence, long token) {
    onOther(MessageType.HEARTBEAT_ACK, sequence);
  }

  /**
   * Take the acknowledgement of an order or cancel.
   *
   * @param sequence the header's sequence
   * @param orderId the order
   * @param engineSequence number of the engine's event
   */
  default void onAck(long sequence, long orderId, long engineSequence) {
    onOther(MessageType.ACK, sequence);
  }

  /**
   * Take the refusal of an order or cancel.
   *
   * @param sequence the header's sequence
   * @param orderId the order
   * @param reason why it was refused
   */
  default void onReject(long sequence, long orderId, RejectReason reason) {
    onOther(MessageType.REJECT, sequence);
  }

  /**
   * Take the report of one trade.
   *
   * @param sequence the header's sequence
   * @param takerId the incoming order
   * @param makerId the resting order
   * @param price ticks
   * @param quantity units
   * @param engineSequence number of the engine's event
   */
  default void onFill(
      long sequence, long takerId, long makerId, long price, long quantity, long engineSequence) {
    onOther(MessageType.FILL, sequence);
  }
}
