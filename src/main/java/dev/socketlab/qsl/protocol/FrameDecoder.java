package dev.socketlab.qsl.protocol;

import dev.socketlab.qsl.order.OrderType;
import dev.socketlab.qsl.order.RejectReason;
import dev.socketlab.qsl.order.Side;
import dev.socketlab.qsl.order.TimeInForce;
import java.nio.ByteBuffer;

/**
 * Reads the frame at a buffer's position, without allocation. The buffer must be big-endian. A
 * decoded frame is consumed before the handler is called; on any other result the buffer's position
 * stays where it was and no handler is called. A header is judged as soon as it is complete, before
 * its body has arrived.
 */
public final class FrameDecoder {
  private FrameDecoder() {}

  /**
   * Decode the next frame of a byte stream; bytes behind it stay in the buffer.
   *
   * @param in what has arrived, from position to limit
   * @param handler receives the message
   * @return {@link DecodeResult#TRUNCATED} when more bytes are needed; any other failure is final
   */
  public static DecodeResult decode(ByteBuffer in, MessageHandler handler) {
    return decode(in, handler, false);
  }

  /**
   * Decode a datagram, which must be exactly one frame.
   *
   * @param in the datagram, from position to limit
   * @param handler receives the message
   * @return any result but {@link DecodeResult#DECODED} means that the datagram is malformed
   */
  public static DecodeResult decodeDatagram(ByteBuffer in, MessageHandler handler) {
    return decode(in, handler, true);
  }

  private static DecodeResult decode(
      ByteBuffer in, MessageHandler handler, boolean endsWithTheFrame) {
    if (in.remaining() < Frame.HEADER_BYTES) {
      return DecodeResult.TRUNCATED;
    }
    int start = in.position();
    if (in.getShort(start + Frame.VERSION_OFFSET) != Frame.VERSION) {
      return DecodeResult.UNSUPPORTED_VERSION;
    }
    MessageType type =
        MessageType.fromCode(Short.toUnsignedInt(in.getShort(start + Frame.TYPE_OFFSET)));
    if (type == null) {
      return DecodeResult.UNKNOWN_TYPE;
    }
    int bodyBytes = in.getInt(start + Frame.BODY_LENGTH_OFFSET);
    if (Integer.compareUnsigned(bodyBytes, Frame.MAX_BODY_BYTES) > 0) {
      return DecodeResult.BODY_TOO_LARGE;
    }
    if (bodyBytes != type.bodyBytes()) {
      return DecodeResult.BODY_LENGTH_MISMATCH;
    }
    if (in.remaining() < type.frameBytes()) {
      return DecodeResult.TRUNCATED;
    }
    if (endsWithTheFrame && in.remaining() > type.frameBytes()) {
      return DecodeResult.BODY_LENGTH_MISMATCH;
    }
    in.position(start + type.frameBytes());
    boolean valid = handBody(type, in, start + Frame.HEADER_BYTES, handler);
    if (!valid) {
      in.position(start);
    }
    return valid ? DecodeResult.DECODED : DecodeResult.INVALID_ENUM_VALUE;
  }

  /** Hand the body at this offset to the handler, unless one of its codes has no meaning. */
  private static boolean handBody(
      MessageType type, ByteBuffer in, int body, MessageHandler handler) {
    long sequence = in.getLong(body - Frame.HEADER_BYTES + Frame.SEQUENCE_OFFSET);
    switch (type) {
      case NEW_ORDER -> {
        return handNewOrder(in, body, sequence, handler);
      }
      case MD_TOP_OF_BOOK -> {
        return handTopOfBook(in, body, sequence, handler);
      }
      case REJECT -> {
        return handReject(in, body, sequence, handler);
      }
      case CANCEL_ORDER -> handler.onCancelOrder(sequence, in.getLong(body), in.getInt(body + 8));
      case MD_TRADE ->
          handler.onMdTrade(
              sequence, in.getInt(body), in.getLong(body + 4), unsignedInt(in, body + 12));
      case HEARTBEAT -> handler.onHeartbeat(sequence, in.getLong(body));
      case HEARTBEAT_ACK -> handler.onHeartbeatAck(sequence, in.getLong(body));
      case ACK -> handler.onAck(sequence, in.getLong(body), in.getLong(body + 8));
      case FILL ->
          handler.onFill(
              sequence,
              in.getLong(body),
              in.getLong(body + 8),
              in.getLong(body + 16),
              unsignedInt(in, body + 24),
              in.getLong(body + 28));
    }
    return true;
  }

  private static boolean handNewOrder(
      ByteBuffer in, int body, long sequence, MessageHandler handler) {
    Side side = Side.fromCode(in.get(body + 24));
    OrderType type = OrderType.fromCode(in.get(body + 25));
    TimeInForce timeInForce = TimeInForce.fromCode(in.get(body + 26));
    if (side == null || type == null || timeInForce == null) {
      return false;
    }
    handler.onNewOrder(
        sequence,
        in.getLong(body),
        in.getInt(body + 8),
        in.getLong(body + 12),
        unsignedInt(in, body + 20),
        side,
        type,
        timeInForce);
    return true;
  }

  private static boolean handTopOfBook(
      ByteBuffer in, int body, long sequence, MessageHandler handler) {
    int bidPresent = in.get(body + 4);
    int askPresent = in.get(body + 13);
    if ((bidPresent | askPresent | 1) != 1) {
      return false;
    }
    handler.onMdTopOfBook(
        sequence,
        in.getInt(body),
        bidPresent == 1,
        in.getLong(body + 5),
        askPresent == 1,
        in.getLong(body + 14));
    return true;
  }

  private static boolean handReject(
      ByteBuffer in, int body, long sequence, MessageHandler handler) {
    RejectReason reason = RejectReason.fromCode(in.get(body + 8));
    if (reason == null) {
      return false;
    }
    handler.onReject(sequence, in.getLong(body), reason);
    return true;
  }

  private static long unsignedInt(ByteBuffer in, int offset) {
    return Integer.toUnsignedLong(in.getInt(offset));
  }
}
