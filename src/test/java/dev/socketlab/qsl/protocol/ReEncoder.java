package dev.socketlab.qsl.protocol;

import dev.socketlab.qsl.order.OrderType;
import dev.socketlab.qsl.order.RejectReason;
import dev.socketlab.qsl.order.Side;
import dev.socketlab.qsl.order.TimeInForce;
import java.nio.ByteBuffer;

/** Writes every message that it receives, so that what was decoded can be compared byte by byte. */
final class ReEncoder implements MessageHandler {
  private final ByteBuffer out;
  private int messages;

  ReEncoder(int capacityBytes) {
    out = ByteBuffer.allocate(capacityBytes);
  }

  byte[] bytes() {
    byte[] bytes = new byte[out.position()];
    out.get(0, bytes);
    return bytes;
  }

  int messages() {
    return messages;
  }

  void clear() {
    out.clear();
    messages = 0;
  }

  @Override
  public void onOther(MessageType type, long sequence) {
    throw new AssertionError("a message without override: type=" + type);
  }

  @Override
  public void onNewOrder(
      long sequence,
      long orderId,
      int symbol,
      long price,
      long quantity,
      Side side,
      OrderType type,
      TimeInForce timeInForce) {
    messages++;
    FrameEncoder.newOrder(out, sequence, orderId, symbol, price, quantity, side, type, timeInForce);
  }

  @Override
  public void onCancelOrder(long sequence, long orderId, int symbol) {
    messages++;
    FrameEncoder.cancelOrder(out, sequence, orderId, symbol);
  }

  @Override
  public void onMdTrade(long sequence, int symbol, long price, long quantity) {
    messages++;
    FrameEncoder.mdTrade(out, sequence, symbol, price, quantity);
  }

  @Override
  public void onMdTopOfBook(
      long sequence, int symbol, boolean bidPresent, long bid, boolean askPresent, long ask) {
    messages++;
    FrameEncoder.mdTopOfBook(out, sequence, symbol, bidPresent, bid, askPresent, ask);
  }

  @Override
  public void onHeartbeat(long sequence, long token) {
    messages++;
    FrameEncoder.heartbeat(out, sequence, token);
  }

  @Override
  public void onHeartbeatAck(long sequence, long token) {
    messages++;
    FrameEncoder.heartbeatAck(out, sequence, token);
  }

  @Override
  public void onAck(long sequence, long orderId, long engineSequence) {
    messages++;
    FrameEncoder.ack(out, sequence, orderId, engineSequence);
  }

  @Override
  public void onReject(long sequence, long orderId, RejectReason reason) {
    messages++;
    FrameEncoder.reject(out, sequence, orderId, reason);
  }

  @Override
  public void onFill(
      long sequence, long takerId, long makerId, long price, long quantity, long engineSequence) {
    messages++;
    FrameEncoder.fill(out, sequence, takerId, makerId, price, quantity, engineSequence);
  }
}
