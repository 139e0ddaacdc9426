package dev.socketlab.qsl.gateway;

import dev.socketlab.qsl.order.OrderType;
import dev.socketlab.qsl.order.RejectReason;
import dev.socketlab.qsl.order.Side;
import dev.socketlab.qsl.order.TimeInForce;
import dev.socketlab.qsl.protocol.DecodeResult;
import dev.socketlab.qsl.protocol.Frame;
import dev.socketlab.qsl.protocol.FrameDecoder;
import dev.socketlab.qsl.protocol.FrameEncoder;
import dev.socketlab.qsl.protocol.MessageHandler;
import dev.socketlab.qsl.protocol.MessageType;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * What one connection says and is told: bytes in, bytes out, whatever carries them. It knows no
 * socket, thread, clock or log, and allocates nothing in its steady state. For use by one thread at
 * a time; the exchange is shared.
 *
 * <p>A transport gives it what arrives with {@link #receive} as long as it {@link #wantsInput}, and
 * sends {@link #replies}. When all of them are sent it calls {@link #resume}, and looks for new
 * replies again. It closes the connection when the peer has ended its side or the session {@link
 * #hasEnded}, and in both cases nothing is left to send.
 */
final class Session implements MessageHandler, OrderReplies {
  /** Whether the session goes on. */
  enum State {
    /** More input is welcome. */
    OPEN,
    /** Something malformed or forbidden has come. */
    ENDED,
    /** A reply would have exceeded {@link Outbox#LIMIT_BYTES}. */
    DROPPED
  }

  private static final int ACK_BYTES = MessageType.ACK.frameBytes();
  private static final int FILL_BYTES = MessageType.FILL.frameBytes();
  private static final int REJECT_BYTES = MessageType.REJECT.frameBytes();
  private static final int HEARTBEAT_ACK_BYTES = MessageType.HEARTBEAT_ACK.frameBytes();

  private final Exchange exchange;
  private final Outbox outbox = new Outbox();

  /** The start of a frame whose rest has not come, up to the position. */
  private final ByteBuffer partial = ByteBuffer.allocate(Frame.LONGEST_FRAME_BYTES);

  /** Input that waits until the replies are sent, from position to limit. */
  private @Nullable ByteBuffer held;

  private State state = State.OPEN;
  private boolean paused;

  Session(Exchange exchange) {
    this.exchange = exchange;
  }

  State state() {
    return state;
  }

  /** Whether nothing more is acted on; replies to what came before are still to be sent. */
  boolean hasEnded() {
    return state != State.OPEN;
  }

  /**
   * Whether to go on reading from the peer. False from the moment that {@link
   * Outbox#HIGH_WATER_BYTES} are pending until all of them are sent, and when the session has
   * ended.
   */
  boolean wantsInput() {
    return state == State.OPEN && !paused;
  }

  /** Whether there is something to send. */
  boolean hasReplies() {
    return outbox.pendingBytes() > 0;
  }

  /** Whether {@link #resume} has input to act on. */
  boolean holdsInput() {
    return held != null;
  }

  /**
   * The next bytes to send, from position to limit; the transport moves the position behind those
   * that it has sent. Valid until the next call of {@link #receive} or {@link #resume}.
   */
  ByteBuffer replies() {
    return outbox.sending();
  }

  /**
   * Take bytes from the peer, all of them, and act on all frames that are complete.
   *
   * @param in big-endian, from position to limit
   */
  void receive(ByteBuffer in) {
    if (partial.position() > 0 && wantsInput()) {
      completePartial(in);
    }
    act(in);
    keepRest(in);
  }

  /** Go on with what was held back, if all replies are sent; otherwise do nothing. */
  void resume() {
    if (outbox.pendingBytes() > 0) {
      return;
    }
    outbox.recycle();
    paused = false;
    ByteBuffer waiting = held;
    if (waiting != null) {
      held = null;
      act(waiting);
      keepRest(waiting);
    }
  }

  private void act(ByteBuffer in) {
    while (wantsInput()) {
      DecodeResult result = FrameDecoder.decode(in, this);
      if (result == DecodeResult.TRUNCATED) {
        return;
      }
      judge(result);
    }
  }

  private void judge(DecodeResult result) {
    if (result != DecodeResult.DECODED && state == State.OPEN) {
      state = State.ENDED;
    }
    if (outbox.pendingBytes() >= Outbox.HIGH_WATER_BYTES) {
      paused = true;
    }
  }

  /** Top the partial frame up and act on it; bytes that are not its own go back. */
  private void completePartial(ByteBuffer in) {
    int limit = in.limit();
    in.limit(Math.min(limit, in.position() + partial.remaining()));
    partial.put(in);
    in.limit(limit);
    partial.flip();
    DecodeResult result = FrameDecoder.decode(partial, this);
    if (result == DecodeResult.TRUNCATED) {
      partial.position(partial.limit()).limit(partial.capacity());
      return;
    }
    if (result == DecodeResult.DECODED) {
      in.position(in.position() - partial.remaining());
    }
    partial.clear();
    judge(result);
  }

  private void keepRest(ByteBuffer in) {
    if (hasEnded()) {
      in.position(in.limit());
    } else if (in.hasRemaining()) {
      if (paused) {
        hold(in);
      } else {
        partial.put(in);
      }
    }
  }

  private void hold(ByteBuffer in) {
    ByteBuffer before = held;
    int heldBytes = before == null ? 0 : before.remaining();
    ByteBuffer all = ByteBuffer.allocate(heldBytes + in.remaining());
    if (before != null) {
      all.put(before);
    }
    held = all.put(in).flip();
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
    RejectReason reason =
        exchange.newOrder(orderId, symbol, side, type, timeInForce, price, quantity, this);
    if (reason == null) {
      state = State.DROPPED;
    } else {
      rejectUnlessNone(orderId, reason);
    }
  }

  @Override
  public void onCancelOrder(long sequence, long orderId, int symbol) {
    if (hasRoomFor(ACK_BYTES)) {
      rejectUnlessNone(orderId, exchange.cancel(orderId, symbol, this));
    }
  }

  @Override
  public void onHeartbeat(long sequence, long token) {
    if (hasRoomFor(HEARTBEAT_ACK_BYTES)) {
      FrameEncoder.heartbeatAck(outbox.appending(), 0, token);
    }
  }

  /** End the session: no other message may come from a client. */
  @Override
  public void onOther(MessageType type, long sequence) {
    state = State.ENDED;
  }

  @Override
  public boolean makeRoomFor(int fills) {
    return outbox.makeRoomFor(ACK_BYTES + (long) FILL_BYTES * fills);
  }

  @Override
  public void onAccepted(long sequence, long orderId, int symbol) {
    FrameEncoder.ack(outbox.appending(), 0, orderId, sequence);
  }

  @Override
  public void onTrade(
      long sequence, int symbol, long takerId, long makerId, long price, long quantity) {
    FrameEncoder.fill(outbox.appending(), 0, takerId, makerId, price, quantity, sequence);
  }

  @Override
  public void onCanceled(long sequence, long orderId, int symbol) {
    FrameEncoder.ack(outbox.appending(), 0, orderId, sequence);
  }

  @Override
  public void onModified(long sequence, long orderId, int symbol) {
    throw new IllegalStateException("modified: no message asks for that: order=" + orderId);
  }

  private void rejectUnlessNone(long orderId, RejectReason reason) {
    if (reason != RejectReason.NONE && hasRoomFor(REJECT_BYTES)) {
      FrameEncoder.reject(outbox.appending(), 0, orderId, reason);
    }
  }

  private boolean hasRoomFor(int bytes) {
    boolean room = outbox.makeRoomFor(bytes);
    if (!room) {
      state = State.DROPPED;
    }
    return room;
  }
}
