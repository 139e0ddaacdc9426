package dev.socketlab.trace;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;

/**
 * A server whose calls are known: a thread for each connection, requests and replies of 32 bytes.
 * Its behaviour decides what it makes for each request.
 */
final class RequestServer {

  static final int BYTES = 32;

  private RequestServer() {}

  /** What a request costs, beside the read that all make. */
  enum Behaviour {
    /** One write. */
    PLAIN,
    /** One write, and an ioctl before the read. */
    ASKS_BEFORE_READING,
    /** Two writes. */
    WRITES_TWICE
  }

  /** Called by the JVM of the subject: the behaviour, and the port. */
  public static void main(String[] arguments) throws IOException {
    Behaviour behaviour = Behaviour.valueOf(arguments[0]);
    try (ServerSocket server =
        new ServerSocket(Integer.parseInt(arguments[1]), 50, InetAddress.getLoopbackAddress())) {
      while (true) {
        Socket connection = server.accept();
        Thread.ofPlatform().name("serving").daemon().start(() -> serve(connection, behaviour));
      }
    }
  }

  private static void serve(Socket connection, Behaviour behaviour) {
    byte[] bytes = new byte[BYTES];
    try (connection;
        InputStream in = connection.getInputStream();
        OutputStream out = connection.getOutputStream()) {
      connection.setTcpNoDelay(true);
      while (true) {
        if (behaviour == Behaviour.ASKS_BEFORE_READING && in.available() > BYTES) {
          throw new IOException("the client does not wait for its reply");
        }
        if (in.read(bytes) < 0) {
          return;
        }
        if (behaviour == Behaviour.WRITES_TWICE) {
          out.write(bytes, 0, 1);
          out.write(bytes, 1, BYTES - 1);
        } else {
          out.write(bytes);
        }
      }
    } catch (IOException failure) {
      throw new UncheckedIOException("a connection failed", failure);
    }
  }

  /** One connection, one request after the other. */
  static void request(InetSocketAddress server, long requests) throws IOException {
    try (Socket socket = new Socket()) {
      socket.connect(server);
      socket.setTcpNoDelay(true);
      byte[] request = new byte[BYTES];
      for (long i = 0; i < requests; i++) {
        socket.getOutputStream().write(request);
        if (socket.getInputStream().readNBytes(BYTES).length < BYTES) {
          throw new IOException("the server closed the connection after " + i + " replies");
        }
      }
    }
  }
}
