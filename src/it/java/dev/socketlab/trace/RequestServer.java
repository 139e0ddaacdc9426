package dev.socketlab.trace;

import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.channels.Selector;
import java.util.concurrent.locks.LockSupport;

/**
 * A server whose calls are known: a thread for each connection, requests and replies of 32 bytes.
 * Its behaviour decides what it makes for each request.
 */
public final class RequestServer {

  static final int BYTES = 32;

  private RequestServer() {}

  /** Only a server that wakes a selector has one. */
  private static final class Waker {
    static final Selector SELECTOR = open();

    private static Selector open() {
      try {
        return Selector.open();
      } catch (IOException failure) {
        throw new UncheckedIOException("no selector", failure);
      }
    }
  }

  /** What a request costs, beside the read that all make. */
  public enum Behaviour {
    /** One write. */
    PLAIN,
    /** One write, and an ioctl before the read. */
    ASKS_BEFORE_READING,
    /** Two writes. */
    WRITES_TWICE,
    /** One write, after a write and a read of the eventfd by which a selector is woken. */
    WAKES_A_SELECTOR,
    /** One write; and from the first connection on five others a second by its own clock. */
    WRITES_BY_THE_CLOCK
  }

  /** Called by the JVM of the subject: the behaviour, and the port. */
  public static void main(String[] arguments) throws IOException {
    Behaviour behaviour = Behaviour.valueOf(arguments[0]);
    boolean ticks = false;
    try (ServerSocket server =
        new ServerSocket(Integer.parseInt(arguments[1]), 50, InetAddress.getLoopbackAddress())) {
      while (true) {
        Socket connection = server.accept();
        if (behaviour == Behaviour.WRITES_BY_THE_CLOCK && !ticks) {
          ticks = true;
          Thread.ofPlatform().name("clock").daemon().start(RequestServer::writeByTheClock);
        }
        Thread.ofPlatform().name("serving").daemon().start(() -> serve(connection, behaviour));
      }
    }
  }

  private static void writeByTheClock() {
    try (OutputStream nowhere = new FileOutputStream("/dev/null")) {
      while (true) {
        LockSupport.parkNanos(200_000_000);
        nowhere.write(0);
      }
    } catch (IOException failure) {
      throw new UncheckedIOException("/dev/null takes nothing", failure);
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
        if (behaviour == Behaviour.WAKES_A_SELECTOR) {
          Waker.SELECTOR.wakeup();
          Waker.SELECTOR.select();
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
  public static void request(InetSocketAddress server, long requests) throws IOException {
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
