package dev.socketlab.experiments.laws;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;

/** A program that listens and never accepts, until its input ends. */
final class Listener {

  private Listener() {}

  /** Called by the subject's JVM with the port and the backlog to ask for. */
  public static void main(String[] arguments) throws IOException {
    try (ServerSocketChannel _ =
        listen(Integer.parseInt(arguments[0]), Integer.parseInt(arguments[1]))) {
      while (System.in.read() >= 0) {
        // holds the socket until it is told to end
      }
    }
  }

  static ServerSocketChannel listen(int port, int backlog) throws IOException {
    return ServerSocketChannel.open()
        .bind(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), port), backlog);
  }
}
