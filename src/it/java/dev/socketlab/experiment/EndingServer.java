package dev.socketlab.experiment;

import dev.socketlab.subject.SubjectBuilder;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;

/**
 * Answers requests of two bytes with one, and ends connections in several ways. Its connections are
 * channels, because a {@link java.net.Socket} of the JDK shuts its output down before it closes: a
 * client that then closes first is not reset, and it is a matter of luck whether it does.
 */
final class EndingServer {

  private EndingServer() {}

  /** How a connection ends. */
  enum Ending {
    /** Answers until its client has closed. */
    ORDERLY,
    /** Answers when it has read a whole request, and closes. */
    FIRST,
    /** Answers when it has read half of a request, and closes. */
    UNREAD_INPUT,
    /** Reads a whole request, and closes with SO_LINGER 0. */
    LINGER_0
  }

  static SubjectBuilder at(String address, Ending ending, Lab lab) {
    return lab.java(EndingServer.class, address, "{port}", ending.name())
        .named("server")
        .jvmFlags("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC");
  }

  /** Called by the subject's JVM with the address, the port and the ending. */
  public static void main(String[] arguments) throws IOException {
    InetSocketAddress address =
        new InetSocketAddress(InetAddress.ofLiteral(arguments[0]), Integer.parseInt(arguments[1]));
    Ending ending = Ending.valueOf(arguments[2]);
    try (ServerSocketChannel listener = ServerSocketChannel.open().bind(address)) {
      while (true) {
        try (SocketChannel channel = listener.accept()) {
          serve(channel, ending);
        }
      }
    }
  }

  private static void serve(SocketChannel channel, Ending ending) throws IOException {
    switch (ending) {
      case ORDERLY -> {
        while (reads(channel, 2)) {
          reply(channel);
        }
      }
      case FIRST -> {
        if (reads(channel, 2)) {
          reply(channel);
        }
      }
      case UNREAD_INPUT -> {
        if (reads(channel, 1)) {
          reply(channel);
        }
      }
      case LINGER_0 -> {
        if (reads(channel, 2)) {
          channel.setOption(StandardSocketOptions.SO_LINGER, 0);
        }
      }
    }
  }

  private static boolean reads(SocketChannel channel, int bytes) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(bytes);
    while (buffer.hasRemaining()) {
      if (channel.read(buffer) < 0) {
        return false;
      }
    }
    return true;
  }

  private static void reply(SocketChannel channel) throws IOException {
    channel.write(ByteBuffer.wrap(new byte[] {'r'}));
  }
}
