package dev.socketlab.qsl.gateway;

import dev.socketlab.probe.ProtocolCounters;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Exchanger;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.awaitility.Awaitility;

/**
 * A gateway with a thread for each connection and one thing wrong with it, for the controls of
 * {@code socket-load}.
 */
public final class LoadMutant {

  /** What is wrong. */
  public enum Mutation {
    /** Nothing: the control of the controls. */
    NONE,
    /** Each hundredth session is closed as soon as it is accepted. */
    DROP_EACH_100TH,
    /** Two sessions that are served at the same time get each other's replies. */
    MIX_UP_REPLIES,
    /** The accept queue holds two connections, and is left alone until it is full. */
    BACKLOG_1,
    /** Each session leaves a thread behind. */
    LEAK_A_THREAD
  }

  private static final int BACKLOG = 1_024;
  private static final long PARTNER_WITHIN_MS = 200;
  private static final Duration UNTIL_AN_OVERFLOW = Duration.ofSeconds(5);

  private final Mutation mutation;
  private final Exchange exchange = new Exchange();
  private final Exchanger<byte[]> mixer = new Exchanger<>();
  private final CountDownLatch never = new CountDownLatch(1);
  private long accepted;

  private LoadMutant(Mutation mutation) {
    this.mutation = mutation;
  }

  /**
   * Serves until it is ended.
   *
   * @param arguments the mutation
   * @throws IOException if the port is not available
   */
  public static void main(String[] arguments) throws IOException {
    new LoadMutant(Mutation.valueOf(arguments[0])).serve();
  }

  private void serve() throws IOException {
    try (ServerSocketChannel listener = ServerSocketChannel.open(StandardProtocolFamily.INET)) {
      listener.bind(
          new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0),
          mutation == Mutation.BACKLOG_1 ? 1 : BACKLOG);
      int port = ((InetSocketAddress) listener.getLocalAddress()).getPort();
      System.out.println("listening on 127.0.0.1:" + port + " transport=threaded");
      if (mutation == Mutation.BACKLOG_1) {
        awaitAnOverflow();
      }
      while (true) {
        admit(listener.accept());
      }
    }
  }

  private void admit(SocketChannel connection) throws IOException {
    if (mutation == Mutation.DROP_EACH_100TH && ++accepted % 100 == 0) {
      connection.close();
    } else {
      Thread.ofPlatform().name("qsl-serve").start(() -> serve(connection));
    }
  }

  private void serve(SocketChannel connection) {
    try (connection) {
      Session session = new Session(exchange);
      ByteBuffer in = ByteBuffer.allocate(4096);
      while (connection.read(in) >= 0) {
        session.receive(in.flip());
        in.clear();
        reply(connection, session);
      }
    } catch (IOException e) {
      System.err.println("a connection broke: " + e);
    }
    if (mutation == Mutation.LEAK_A_THREAD) {
      Thread.ofPlatform().name("qsl-leak").daemon().start(this::linger);
    }
  }

  private void linger() {
    try {
      never.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void reply(SocketChannel connection, Session session) throws IOException {
    while (session.hasReplies()) {
      ByteBuffer replies = session.replies();
      if (mutation == Mutation.MIX_UP_REPLIES) {
        byte[] own = new byte[replies.remaining()];
        replies.get(own);
        connection.write(ByteBuffer.wrap(ofAnother(own)));
      } else {
        connection.write(replies);
      }
      session.resume();
    }
  }

  /** Swaps replies with another session; without one in time, keeps them. */
  private byte[] ofAnother(byte[] own) throws IOException {
    try {
      return mixer.exchange(own, PARTNER_WITHIN_MS, TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      return own;
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }

  /** Waits until the kernel of this network has dropped a SYN. */
  private static void awaitAnOverflow() {
    Awaitility.await("an overflow of the accept queue")
        .pollInterval(Duration.ofMillis(1))
        .atMost(UNTIL_AN_OVERFLOW)
        .until(() -> ProtocolCounters.read().value("TcpExt", "ListenOverflows") > 0);
  }
}
