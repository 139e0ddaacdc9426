package dev.socketlab.qsl.gateway;

import dev.socketlab.qsl.order.OrderType;
import dev.socketlab.qsl.order.Side;
import dev.socketlab.qsl.order.TimeInForce;
import dev.socketlab.qsl.protocol.FrameEncoder;
import java.nio.ByteBuffer;
import java.util.Arrays;

/** Frames of a client, one behind the other; all orders are for symbol 0. */
final class Requests {
  private ByteBuffer bytes = ByteBuffer.allocate(1024);

  Requests buy(long id, long price, long quantity) {
    return limit(id, Side.BUY, price, quantity);
  }

  Requests sell(long id, long price, long quantity) {
    return limit(id, Side.SELL, price, quantity);
  }

  Requests marketBuy(long id, long quantity) {
    FrameEncoder.newOrder(
        room(), 0, id, 0, 0, quantity, Side.BUY, OrderType.MARKET, TimeInForce.IOC);
    return this;
  }

  Requests cancel(long id) {
    FrameEncoder.cancelOrder(room(), 0, id, 0);
    return this;
  }

  Requests heartbeat(long token) {
    FrameEncoder.heartbeat(room(), 0, token);
    return this;
  }

  Requests heartbeats(int count) {
    for (int token = 0; token < count; token++) {
      heartbeat(token);
    }
    return this;
  }

  /** So many sellers of one unit each, of ids from this one on. */
  Requests sellers(long firstId, int count) {
    for (int i = 0; i < count; i++) {
      sell(firstId + i, 100, 1);
    }
    return this;
  }

  Requests raw(byte... frame) {
    room(frame.length).put(frame);
    return this;
  }

  byte[] bytes() {
    return Arrays.copyOf(bytes.array(), bytes.position());
  }

  private Requests limit(long id, Side side, long price, long quantity) {
    FrameEncoder.newOrder(
        room(), 0, id, 0, price, quantity, side, OrderType.LIMIT, TimeInForce.GTC);
    return this;
  }

  private ByteBuffer room() {
    return room(64);
  }

  private ByteBuffer room(int needed) {
    if (bytes.remaining() < needed) {
      bytes = ByteBuffer.allocate(2 * bytes.capacity() + needed).put(bytes.flip());
    }
    return bytes;
  }
}
