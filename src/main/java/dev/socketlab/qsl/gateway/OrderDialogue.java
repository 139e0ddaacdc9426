package dev.socketlab.qsl.gateway;

import dev.socketlab.qsl.order.OrderType;
import dev.socketlab.qsl.order.RejectReason;
import dev.socketlab.qsl.order.Side;
import dev.socketlab.qsl.order.TimeInForce;
import dev.socketlab.qsl.protocol.DecodeResult;
import dev.socketlab.qsl.protocol.FrameDecoder;
import dev.socketlab.qsl.protocol.FrameEncoder;
import dev.socketlab.qsl.protocol.MessageHandler;
import dev.socketlab.qsl.protocol.MessageType;
import java.net.ProtocolException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * The client's side of sessions for load drivers: an order (5 of symbol 0 at 100) and a heartbeat,
 * whose replies are checked. Allowed are an acknowledgement of the order, then fills of it with the
 * next engine sequences and no more than its quantity; or a reject because an order of that id
 * rests; then the heartbeat's acknowledgement; and nothing else. For use by one thread.
 */
public final class OrderDialogue implements MessageHandler {
  private static final int SYMBOL = 0;
  private static final long PRICE = 100;
  private static final long QUANTITY = 5;
  private static final long TOKEN = 42;

  private enum Expects {
    ACK_OR_REJECT,
    FILL_OR_HEARTBEAT_ACK,
    HEARTBEAT_ACK,
    NOTHING
  }

  private final boolean ownIds;
  private long orderId;
  private Expects expects = Expects.NOTHING;
  private long lastEngineSequence;
  private long openQuantity;
  private @Nullable String violation;

  private OrderDialogue(long orderId, boolean ownIds) {
    this.orderId = orderId;
    this.ownIds = ownIds;
  }

  /**
   * Create a dialogue that always sends order 1, a buyer. The first rests, and every later one is
   * rejected.
   *
   * @return a dialogue
   */
  public static OrderDialogue ofTheSameOrder() {
    return new OrderDialogue(1, false);
  }

  /**
   * Create a dialogue that sends a new order each time, so that orders trade: odd ids sell, even
   * ids buy, and they count up by one.
   *
   * @param firstId id of the first order
   * @return a dialogue
   */
  public static OrderDialogue ofOwnOrders(long firstId) {
    return new OrderDialogue(firstId - 1, true);
  }

  /**
   * Append the next request.
   *
   * @param out a buffer with room for 67 bytes
   */
  public void writeRequest(ByteBuffer out) {
    if (ownIds) {
      orderId++;
    }
    expects = Expects.ACK_OR_REJECT;
    openQuantity = QUANTITY;
    Side side = ownIds && (orderId & 1) == 1 ? Side.SELL : Side.BUY;
    FrameEncoder.newOrder(
        out, 1, orderId, SYMBOL, PRICE, QUANTITY, side, OrderType.LIMIT, TimeInForce.GTC);
    FrameEncoder.heartbeat(out, 0, TOKEN);
  }

  /**
   * Take what has arrived. Bytes of an incomplete reply stay in the buffer.
   *
   * @param in from position to limit
   * @return whether the request is answered in full
   * @throws ProtocolException if a reply is malformed or not allowed now
   */
  public boolean readReplies(ByteBuffer in) throws ProtocolException {
    DecodeResult result = DecodeResult.DECODED;
    while (result == DecodeResult.DECODED && violation == null) {
      result = FrameDecoder.decode(in, this);
    }
    if (violation != null) {
      throw new ProtocolException(violation);
    }
    if (result != DecodeResult.TRUNCATED) {
      throw new ProtocolException("malformed reply: result=" + result);
    }
    return expects == Expects.NOTHING;
  }

  @Override
  public void onAck(long sequence, long acknowledgedId, long engineSequence) {
    if (expects != Expects.ACK_OR_REJECT || acknowledgedId != orderId || engineSequence == 0) {
      refuse("Ack order=" + acknowledgedId + " seq=" + engineSequence);
    }
    lastEngineSequence = engineSequence;
    expects = Expects.FILL_OR_HEARTBEAT_ACK;
  }

  @Override
  public void onReject(long sequence, long rejectedId, RejectReason reason) {
    if (expects != Expects.ACK_OR_REJECT
        || rejectedId != orderId
        || reason != RejectReason.DUPLICATE_ORDER_ID) {
      refuse("Reject order=" + rejectedId + " reason=" + reason);
    }
    expects = Expects.HEARTBEAT_ACK;
  }

  @Override
  public void onFill(
      long sequence, long takerId, long makerId, long price, long quantity, long engineSequence) {
    openQuantity -= quantity;
    if (expects != Expects.FILL_OR_HEARTBEAT_ACK
        || takerId != orderId
        || makerId == orderId
        || price != PRICE
        || quantity < 1
        || openQuantity < 0
        || engineSequence != lastEngineSequence + 1) {
      refuse(
          "Fill taker="
              + takerId
              + " maker="
              + makerId
              + " price="
              + price
              + " quantity="
              + quantity
              + " seq="
              + engineSequence);
    }
    lastEngineSequence = engineSequence;
  }

  @Override
  public void onHeartbeatAck(long sequence, long token) {
    boolean due = expects == Expects.FILL_OR_HEARTBEAT_ACK || expects == Expects.HEARTBEAT_ACK;
    if (!due || token != TOKEN) {
      refuse("HeartbeatAck token=" + token);
    }
    expects = Expects.NOTHING;
  }

  @Override
  public void onOther(MessageType type, long sequence) {
    refuse(type.name());
  }

  private void refuse(String reply) {
    violation = "unexpected reply: " + reply + ", order=" + orderId + ", expected=" + expects;
  }
}
