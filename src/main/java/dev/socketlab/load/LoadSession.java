package dev.socketlab.load;

import java.io.IOException;
import java.net.Inet4Address;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** One session of a closed loop: connect, say, listen, end. */
final class LoadSession {
  private enum State {
    CONNECTING,
    SENDING,
    AWAITING_REPLIES,
    AWAITING_END
  }

  private final ClosedLoop loop;
  private final LoadPlan plan;
  private final long number;
  private final Conversation conversation;
  private final ByteBuffer in;
  private final ByteBuffer out;
  private final long sessionStartNs = System.nanoTime();
  private @Nullable SocketChannel channel;
  private State state = State.CONNECTING;
  private long roundTrip;
  private long roundTripStartNs = sessionStartNs;
  private long receivedBytes;

  LoadSession(ClosedLoop loop, LoadPlan plan, long number, Conversation conversation) {
    this.loop = loop;
    this.plan = plan;
    this.number = number;
    this.conversation = conversation;
    this.in = ByteBuffer.allocate(plan.bufferBytes());
    this.out = ByteBuffer.allocate(plan.bufferBytes());
  }

  void start(Selector selector) throws IOException {
    boolean ipv4 = plan.address().getAddress() instanceof Inet4Address;
    SocketChannel opened =
        SocketChannel.open(ipv4 ? StandardProtocolFamily.INET : StandardProtocolFamily.INET6);
    channel = opened;
    opened.configureBlocking(false);
    opened.setOption(StandardSocketOptions.TCP_NODELAY, true);
    // On loopback a connection is there at once, although connect does not say so.
    boolean connected = opened.connect(plan.address()) || opened.finishConnect();
    SelectionKey key =
        opened.register(selector, connected ? SelectionKey.OP_READ : SelectionKey.OP_CONNECT, this);
    if (connected) {
      request(opened, key);
    }
  }

  void onReady(SelectionKey key) throws IOException, ViolationException {
    SocketChannel connection = (SocketChannel) key.channel();
    switch (state) {
      case CONNECTING -> {
        if (connection.finishConnect()) {
          request(connection, key);
        }
      }
      case SENDING -> {
        if (key.isWritable()) {
          send(connection, key);
        }
        if (key.isReadable()) {
          read(connection, key);
        }
      }
      case AWAITING_REPLIES, AWAITING_END -> read(connection, key);
    }
  }

  private void request(SocketChannel connection, SelectionKey key) throws IOException {
    roundTripStartNs = roundTrip == 0 ? sessionStartNs : System.nanoTime();
    conversation.writeRequest(out.clear());
    out.flip();
    send(connection, key);
  }

  private void send(SocketChannel connection, SelectionKey key) throws IOException {
    connection.write(out);
    if (out.hasRemaining()) {
      state = State.SENDING;
      key.interestOps(SelectionKey.OP_READ | SelectionKey.OP_WRITE);
      return;
    }
    state = State.AWAITING_REPLIES;
    if (key.interestOps() != SelectionKey.OP_READ) {
      key.interestOps(SelectionKey.OP_READ);
    }
    if (plan.closing() == Closing.HALF_CLOSE_AFTER_REQUEST && isLastRoundTrip()) {
      connection.shutdownOutput();
    }
  }

  private void read(SocketChannel connection, SelectionKey key)
      throws IOException, ViolationException {
    int bytes = connection.read(in);
    if (bytes < 0) {
      ended(connection);
      return;
    }
    receivedBytes += bytes;
    if (state == State.AWAITING_END) {
      throw new ViolationException("bytes after the last reply: bytes=" + bytes);
    }
    boolean answered = conversation.readReplies(in.flip());
    in.compact();
    if (answered && (in.position() > 0 || state == State.SENDING)) {
      throw new ViolationException("answered, but left over: bytes=" + in.position());
    }
    if (answered) {
      answered(connection, key);
    } else if (!in.hasRemaining()) {
      throw new ViolationException("a reply longer than bufferBytes=" + plan.bufferBytes());
    }
  }

  private void answered(SocketChannel connection, SelectionKey key) throws IOException {
    if (plan.roundTrips() > 1) {
      loop.latency(System.nanoTime() - roundTripStartNs);
    }
    if (!isLastRoundTrip()) {
      roundTrip++;
      request(connection, key);
      return;
    }
    switch (plan.closing()) {
      case CLOSE -> complete(connection);
      case HALF_CLOSE_AFTER_REPLIES -> {
        connection.shutdownOutput();
        state = State.AWAITING_END;
      }
      case HALF_CLOSE_AFTER_REQUEST -> state = State.AWAITING_END;
    }
  }

  private void ended(SocketChannel connection) throws IOException, ViolationException {
    if (state != State.AWAITING_END) {
      throw new ViolationException("the server has closed the connection");
    }
    complete(connection);
  }

  private void complete(SocketChannel connection) throws IOException {
    connection.close();
    if (plan.roundTrips() == 1) {
      loop.latency(System.nanoTime() - sessionStartNs);
    }
    loop.completed();
  }

  private boolean isLastRoundTrip() {
    return roundTrip == plan.roundTrips() - 1;
  }

  boolean isOverdue(long nowNs) {
    return nowNs - roundTripStartNs > plan.timeLimit().toNanos();
  }

  void fail(@Nullable String reason) {
    SocketChannel opened = channel;
    if (opened != null) {
      try {
        opened.close();
      } catch (IOException e) {
        // The session has failed already.
      }
    }
    loop.failed(
        "session="
            + number
            + " state="
            + state.name().toLowerCase(Locale.ROOT)
            + " round_trip="
            + roundTrip
            + " received_bytes="
            + receivedBytes
            + ": "
            + reason);
  }
}
