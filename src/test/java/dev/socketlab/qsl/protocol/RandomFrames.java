package dev.socketlab.qsl.protocol;

import dev.socketlab.qsl.order.OrderType;
import dev.socketlab.qsl.order.RejectReason;
import dev.socketlab.qsl.order.Side;
import dev.socketlab.qsl.order.TimeInForce;
import java.nio.ByteBuffer;
import java.util.Random;

/** Valid frames of every type with random values, many of them at the ends of their ranges. */
final class RandomFrames {
  private static final long[] EDGES = {0, 1, -1, Long.MIN_VALUE, Long.MAX_VALUE, 1L << 32};

  private final Random random;
  private final ByteBuffer out = ByteBuffer.allocate(Frame.LONGEST_FRAME_BYTES);

  RandomFrames(long seed) {
    random = new Random(seed);
  }

  byte[] next() {
    return next(pick(MessageType.values()));
  }

  byte[] next(MessageType type) {
    out.clear();
    long sequence = value();
    switch (type) {
      case NEW_ORDER ->
          FrameEncoder.newOrder(
              out,
              sequence,
              value(),
              (int) value(),
              value(),
              quantity(),
              pick(Side.values()),
              pick(OrderType.values()),
              pick(TimeInForce.values()));
      case CANCEL_ORDER -> FrameEncoder.cancelOrder(out, sequence, value(), (int) value());
      case MD_TRADE -> FrameEncoder.mdTrade(out, sequence, (int) value(), value(), quantity());
      case MD_TOP_OF_BOOK ->
          FrameEncoder.mdTopOfBook(
              out,
              sequence,
              (int) value(),
              random.nextBoolean(),
              value(),
              random.nextBoolean(),
              value());
      case HEARTBEAT -> FrameEncoder.heartbeat(out, sequence, value());
      case HEARTBEAT_ACK -> FrameEncoder.heartbeatAck(out, sequence, value());
      case ACK -> FrameEncoder.ack(out, sequence, value(), value());
      case REJECT -> FrameEncoder.reject(out, sequence, value(), pick(RejectReason.values()));
      case FILL -> FrameEncoder.fill(out, sequence, value(), value(), value(), quantity(), value());
    }
    byte[] frame = new byte[out.position()];
    out.get(0, frame);
    return frame;
  }

  private long value() {
    return random.nextInt(3) == 0 ? EDGES[random.nextInt(EDGES.length)] : random.nextLong();
  }

  private long quantity() {
    return Integer.toUnsignedLong((int) value());
  }

  private <T> T pick(T[] values) {
    return values[random.nextInt(values.length)];
  }
}
