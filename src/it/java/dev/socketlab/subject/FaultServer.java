package dev.socketlab.subject;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.concurrent.Semaphore;

/** Servers that meet a failed accept or a short write well, and badly. */
final class FaultServer {
  static final int REPLY_BYTES = 1_000;

  private FaultServer() {}

  /** Called by the JVM: how to take a failure, and a port. */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    String mode = arguments[0];
    Semaphore ended = new Semaphore(0);
    InetAddress loopback = InetAddress.ofLiteral("127.0.0.1");
    try (ServerSocketChannel listener = ServerSocketChannel.open()) {
      listener.bind(new InetSocketAddress(loopback, Integer.parseInt(arguments[1])));
      while (listener.isOpen()) {
        try {
          SocketChannel channel = listener.accept();
          Thread.ofPlatform()
              .daemon()
              .start(() -> {
                serve(channel, mode.equals("sends-once"));
                ended.release();
              });
        } catch (IOException failure) {
          if (mode.equals("dies")) {
            throw failure;
          }
          if (mode.equals("waits")) {
            System.out.println("waits for the end of a session: " + failure.getMessage());
            ended.acquire();
          }
        }
      }
    }
  }

  /** Answers one byte with the reply, and closes at the end of the input. */
  private static void serve(SocketChannel channel, boolean once) {
    try (channel) {
      ByteBuffer reply = ByteBuffer.wrap(reply());
      if (channel.read(ByteBuffer.allocate(1)) == 1) {
        do {
          channel.write(reply);
        } while (!once && reply.hasRemaining());
        channel.shutdownOutput();
      }
      while (channel.read(ByteBuffer.allocate(10)) >= 0) {
        // until the client has gone
      }
    } catch (IOException failure) {
      System.out.println("session ended: " + failure.getMessage());
    }
  }

  static byte[] reply() {
    byte[] reply = new byte[REPLY_BYTES];
    for (int i = 0; i < reply.length; i++) {
      reply[i] = (byte) (i % 251);
    }
    return reply;
  }
}
