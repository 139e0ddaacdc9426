package dev.socketlab.qsl.gateway;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * A gateway of one blocking thread with one thing wrong with it, for the controls of the
 * experiments that observe gateways.
 */
public final class MutantGateway {

  /** What is wrong. */
  public enum Mutation {
    /** Nothing: the control of the controls. */
    NONE,
    /** Each batch of replies goes out in two writes. */
    TWO_WRITES,
    /** Each second batch of replies goes out in two writes. */
    TWO_WRITES_EACH_SECOND_TIME,
    /** Connections are accepted and closed. */
    ACCEPT_AND_DROP,
    /** It asks for connections and bytes again and again instead of waiting. */
    SPIN,
    /** It asks the kernel something before each read. */
    EXTRA_CALL,
    /** It ends its output and keeps the socket. */
    NEVER_CLOSE,
    /** It opens a connection to itself for each one that it serves. */
    EXTRA_CONNECTION
  }

  private final Mutation mutation;
  private final Exchange exchange = new Exchange();
  private final List<SocketChannel> kept = new ArrayList<>();
  private final Set<SocketAddress> ownConnections = new HashSet<>();

  private long batches;

  private MutantGateway(Mutation mutation) {
    this.mutation = mutation;
  }

  /**
   * Serves until it is ended.
   *
   * @param arguments the mutation
   * @throws IOException if the port is not available or a connection breaks
   */
  public static void main(String[] arguments) throws IOException {
    new MutantGateway(Mutation.valueOf(arguments[0])).serve();
  }

  private void serve() throws IOException {
    try (ServerSocketChannel listener = ServerSocketChannel.open(StandardProtocolFamily.INET)) {
      listener.bind(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0));
      listener.configureBlocking(mutation != Mutation.SPIN);
      int port = ((InetSocketAddress) listener.getLocalAddress()).getPort();
      System.out.println("listening on 127.0.0.1:" + port + " transport=threaded");
      while (true) {
        SocketChannel connection = listener.accept();
        if (connection != null) {
          serve(connection);
        }
      }
    }
  }

  private void serve(SocketChannel connection) throws IOException {
    if (mutation == Mutation.NEVER_CLOSE) {
      answer(connection);
      connection.shutdownOutput();
      kept.add(connection);
      return;
    }
    try (connection) {
      if (mutation == Mutation.ACCEPT_AND_DROP
          || ownConnections.remove(connection.getRemoteAddress())) {
        return;
      }
      if (mutation == Mutation.EXTRA_CONNECTION) {
        connectToMyself(connection.getLocalAddress());
      }
      answer(connection);
    }
  }

  private void connectToMyself(SocketAddress listener) throws IOException {
    try (SocketChannel own = SocketChannel.open(listener)) {
      ownConnections.add(own.getLocalAddress());
    }
  }

  private void answer(SocketChannel connection) throws IOException {
    connection.configureBlocking(mutation != Mutation.SPIN);
    Session session = new Session(exchange);
    ByteBuffer in = ByteBuffer.allocate(4096);
    while (read(connection, in) >= 0) {
      session.receive(in.flip());
      in.clear();
      reply(connection, session);
    }
  }

  private int read(SocketChannel connection, ByteBuffer in) throws IOException {
    if (mutation == Mutation.EXTRA_CALL) {
      connection.getOption(StandardSocketOptions.SO_KEEPALIVE);
    }
    return connection.read(in);
  }

  private void reply(SocketChannel connection, Session session) throws IOException {
    while (session.hasReplies()) {
      ByteBuffer replies = session.replies();
      batches++;
      if (mutation == Mutation.TWO_WRITES
          || (mutation == Mutation.TWO_WRITES_EACH_SECOND_TIME && batches % 2 == 0)) {
        int limit = replies.limit();
        replies.limit(replies.position() + 1);
        connection.write(replies);
        replies.limit(limit);
      }
      connection.write(replies);
      session.resume();
    }
  }
}
