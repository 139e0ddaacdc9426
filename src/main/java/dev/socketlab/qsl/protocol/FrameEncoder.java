package dev.socketlab.qsl.protocol;

import dev.socketlab.qsl.order.OrderType;
import dev.socketlab.qsl.order.RejectReason;
import dev.socketlab.qsl.order.Side;
import dev.socketlab.qsl.order.TimeInForce;
import java.nio.ByteBuffer;

/**
 * Writes frames at a buffer's position and moves the position behind them, without allocation. The
 * buffer must be big-endian, which is what a new buffer is. A buffer with too little room throws
 * {@link java.nio.BufferOverflowException} and holds part of a frame then; check {@link
 * MessageType#frameBytes()} first. Values are as in {@link MessageHandler}; a quantity is written
 * as its low 32 bits.
 */
public final class FrameEncoder {
  private FrameEncoder() {}

  /**
   * Write a new order.
   *
   * @param out the buffer
   * @param sequence the header's sequence
   * @param orderId the client's id of the order
   * @param symbol the symbol's number
   * @param price ticks
   * @param quantity units
   * @param side buy or sell
   * @param type limit or market
   * @param timeInForce what happens to a remainder
   */
  public static void newOrder(
      ByteBuffer out,
      long sequence,
      long orderId,
      int symbol,
      long price,
      long quantity,
      Side side,
      OrderType type,
      TimeInForce timeInForce) {
    header(out, MessageType.NEW_ORDER, sequence);
    out.putLong(orderId).putInt(symbol).putLong(price).putInt((int) quantity);
    out.put((byte) side.code()).put((byte) type.code()).put((byte) timeInForce.code());
  }

  /**
   * Write a cancel request.
   *
   * @param out the buffer
   * @param sequence the header's sequence
   * @param orderId the order to cancel
   * @param symbol the symbol's number
   */
  public static void cancelOrder(ByteBuffer out, long sequence, long orderId, int symbol) {
    header(out, MessageType.CANCEL_ORDER, sequence);
    out.putLong(orderId).putInt(symbol);
  }

  /**
   * Write a published trade.
   *
   * @param out the buffer
   * @param sequence the market-data sequence
   * @param symbol the symbol's number
   * @param price ticks
   * @param quantity units
   */
  public static void mdTrade(ByteBuffer out, long sequence, int symbol, long price, long quantity) {
    header(out, MessageType.MD_TRADE, sequence);
    out.putInt(symbol).putLong(price).putInt((int) quantity);
  }

  /**
   * Write a published best bid and ask.
   *
   * @param out the buffer
   * @param sequence the market-data sequence
   * @param symbol the symbol's number
   * @param bidPresent whether there is a bid
   * @param bid ticks; pass 0 when there is no bid
   * @param askPresent whether there is an ask
   * @param ask ticks; pass 0 when there is no ask
   */
  public static void mdTopOfBook(
      ByteBuffer out,
      long sequence,
      int symbol,
      boolean bidPresent,
      long bid,
      boolean askPresent,
      long ask) {
    header(out, MessageType.MD_TOP_OF_BOOK, sequence);
    out.putInt(symbol).put(flag(bidPresent)).putLong(bid).put(flag(askPresent)).putLong(ask);
  }

  /**
   * Write a heartbeat.
   *
   * @param out the buffer
   * @param sequence the header's sequence
   * @param token to be returned
   */
  public static void heartbeat(ByteBuffer out, long sequence, long token) {
    header(out, MessageType.HEARTBEAT, sequence);
    out.putLong(token);
  }

  /**
   * Write the reply to a heartbeat.
   *
   * @param out the buffer
   * @param sequence the header's sequence
   * @param token the heartbeat's token
   */
  public static void heartbeatAck(ByteBuffer out, long sequence, long token) {
    header(out, MessageType.HEARTBEAT_ACK, sequence);
    out.putLong(token);
  }

  /**
   * Write the acknowledgement of an order or cancel.
   *
   * @param out the buffer
   * @param sequence the header's sequence
   * @param orderId the order
   * @param engineSequence number of the engine's event
   */
  public static void ack(ByteBuffer out, long sequence, long orderId, long engineSequence) {
    header(out, MessageType.ACK, sequence);
    out.putLong(orderId).putLong(engineSequence);
  }

  /**
   * Write the refusal of an order or cancel.
   *
   * @param out the buffer
   * @param sequence the header's sequence
   * @param orderId the order
   * @param reason why it was refused
   */
  public static void reject(ByteBuffer out, long sequence, long orderId, RejectReason reason) {
    header(out, MessageType.REJECT, sequence);
    out.putLong(orderId).put((byte) reason.code());
  }

  /**
   * Write the report of one trade.
   *
   * @param out the buffer
   * @param sequence the header's sequence
   * @param takerId the incoming order
   * @param makerId the resting order
   * @param price ticks
   * @param quantity units
   * @param engineSequence number of the engine's event
   */
  public static void fill(
      ByteBuffer out,
      long sequence,
      long takerId,
      long makerId,
      long price,
      long quantity,
      long engineSequence) {
    header(out, MessageType.FILL, sequence);
    out.putLong(takerId).putLong(makerId).putLong(price).putInt((int) quantity);
    out.putLong(engineSequence);
  }

  private static void header(ByteBuffer out, MessageType type, long sequence) {
    out.putShort((short) type.code()).putShort((short) Frame.VERSION);
    out.putInt(type.bodyBytes()).putLong(sequence);
  }

  private static byte flag(boolean present) {
    return (byte) (present ? 1 : 0);
  }
}
