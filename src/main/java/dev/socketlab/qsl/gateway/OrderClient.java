package dev.socketlab.qsl.gateway;

import dev.socketlab.qsl.order.OrderType;
import dev.socketlab.qsl.order.Side;
import dev.socketlab.qsl.order.TimeInForce;
import dev.socketlab.qsl.protocol.DecodeResult;
import dev.socketlab.qsl.protocol.FrameDecoder;
import dev.socketlab.qsl.protocol.FrameEncoder;
import dev.socketlab.qsl.protocol.MessageType;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

/** Has one fixed session with a gateway and prints the replies, a line each. */
public final class OrderClient {
  private static final int REQUEST_BYTES =
      MessageType.NEW_ORDER.frameBytes() + MessageType.HEARTBEAT.frameBytes();
  private static final int INPUT_BYTES = 4096;

  private final int port;
  private final PrintStream out;

  /**
   * Create a client.
   *
   * @param port port of 127.0.0.1
   * @param out receives the lines
   */
  public OrderClient(int port, PrintStream out) {
    this.port = port;
    this.out = out;
  }

  /**
   * Connect, send order 1 (buy 5 of symbol 0 at 100) and heartbeat 42, end the output, and print
   * what comes until the gateway closes.
   *
   * @throws IOException if the connection fails, or a reply is malformed
   */
  public void run() throws IOException {
    try (SocketChannel channel = Loopback.connect(port)) {
      ByteBuffer bytes = ByteBuffer.allocate(INPUT_BYTES);
      request(bytes);
      channel.write(bytes.flip());
      channel.shutdownOutput();
      bytes.clear();
      ReplyPrinter printer = new ReplyPrinter(out);
      while (channel.read(bytes) >= 0) {
        print(bytes.flip(), printer);
        bytes.compact();
      }
      if (bytes.position() > 0) {
        throw new IOException("the last reply is incomplete: bytes=" + bytes.position());
      }
    } finally {
      out.flush();
    }
  }

  private static void request(ByteBuffer bytes) {
    bytes.limit(REQUEST_BYTES);
    FrameEncoder.newOrder(bytes, 1, 1, 0, 100, 5, Side.BUY, OrderType.LIMIT, TimeInForce.GTC);
    FrameEncoder.heartbeat(bytes, 0, 42);
  }

  private static void print(ByteBuffer bytes, ReplyPrinter printer) throws IOException {
    DecodeResult result;
    do {
      result = FrameDecoder.decode(bytes, printer);
    } while (result == DecodeResult.DECODED);
    if (result != DecodeResult.TRUNCATED) {
      throw new IOException("malformed reply: result=" + result);
    }
  }
}
