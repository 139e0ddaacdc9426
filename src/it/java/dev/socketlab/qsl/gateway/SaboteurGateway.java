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
public final class SaboteurGateway {

  /** What is wrong. */
  public enum Fault {
    /** Nothing: the control of the controls. */
    NONE,
    /** Each batch of replies goes out in two writes. */
    TWO_WRITES,
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

  private final Fault fault;
  private final Exchange exchange = new Exchange();
  private final List<SocketChannel> kept = new ArrayList<>();
  private final Set<SocketAddress> ownConnections = new HashSet<>();

  private SaboteurGateway(Fault fault) {
    this.fault = fault;
  }

  /**
   * Serves until it is ended.
   *
   * @param arguments the fault
   * @throws IOException if the port cannot be had or a connection breaks
   */
  public static void main(String[] arguments) throws IOException {
    new SaboteurGateway(Fault.valueOf(arguments[0])).serve();
  }

  private void serve() throws IOException {
    try (ServerSocketChannel listener = ServerSocketChannel.open(StandardProtocolFamily.INET)) {
      listener.bind(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0));
      listener.configureBlocking(fault != Fault.SPIN);
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
    if (fault == Fault.NEVER_CLOSE) {
      answer(connection);
      connection.shutdownOutput();
      kept.add(connection);
      return;
    }
    try (connection) {
      if (fault == Fault.ACCEPT_AND_DROP || ownConnections.remove(connection.getRemoteAddress())) {
        return;
      }
      if (fault == Fault.EXTRA_CONNECTION) {
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
    connection.configureBlocking(fault != Fault.SPIN);
    Session session = new Session(exchange);
    ByteBuffer in = ByteBuffer.allocate(4096);
    while (read(connection, in) >= 0) {
      session.receive(in.flip());
      in.clear();
      reply(connection, session);
    }
  }

  private int read(SocketChannel connection, ByteBuffer in) throws IOException {
    if (fault == Fault.EXTRA_CALL) {
      connection.getOption(StandardSocketOptions.SO_KEEPALIVE);
    }
    return connection.read(in);
  }

  private void reply(SocketChannel connection, Session session) throws IOException {
    while (session.hasReplies()) {
      ByteBuffer replies = session.replies();
      if (fault == Fault.TWO_WRITES) {
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
