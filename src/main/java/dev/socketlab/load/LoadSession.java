package dev.socketlab.load;

import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One connection of a load: connect, say, listen, end; if it is persistent, again and again. */
final class LoadSession {
  private enum State {
    CONNECTING,
    IDLE,
    SENDING,
    AWAITING_REPLIES,
    AWAITING_END,
    FAILED
  }

  private final DriverLoop loop;
  private final LoadPlan plan;
  private final long number;
  private final Conversation conversation;
  private final boolean persistent;
  private @Nullable SocketChannel channel;
  private @Nullable SelectionKey key;
  private @Nullable ByteBuffer unsent;
  private @Nullable ByteBuffer unread;
  private State state = State.CONNECTING;
  private long startNs;
  private long limitStartNs = System.nanoTime();
  private long roundTrip;
  private long roundTripsLeft = 1;
  private long receivedBytes;

  LoadSession(
      DriverLoop loop,
      LoadPlan plan,
      long number,
      Conversation conversation,
      boolean persistent,
      long startNs) {
    this.loop = loop;
    this.plan = plan;
    this.number = number;
    this.conversation = conversation;
    this.persistent = persistent;
    this.startNs = startNs;
  }

  void start(Selector selector, boolean atOnce) throws IOException {
    boolean ipv4 = plan.address().getAddress() instanceof Inet4Address;
    SocketChannel opened =
        SocketChannel.open(ipv4 ? StandardProtocolFamily.INET : StandardProtocolFamily.INET6);
    channel = opened;
    opened.configureBlocking(false);
    opened.setOption(StandardSocketOptions.TCP_NODELAY, true);
    if (!persistent) {
      bind(opened);
    }
    // On loopback a connection is there at once, although connect does not say so.
    boolean connected = opened.connect(plan.address()) || (atOnce && opened.finishConnect());
    SelectionKey registered = opened.register(selector, interest(connected, atOnce), this);
    key = registered;
    if (connected && atOnce) {
      request(opened, registered);
    }
  }

  /**
   * What a session waits for that has begun to connect. One that is connected already is never
   * reported as connectable, but as writable at once.
   */
  static int interest(boolean connected, boolean atOnce) {
    if (!connected) {
      return SelectionKey.OP_CONNECT;
    }
    return atOnce ? SelectionKey.OP_READ : SelectionKey.OP_WRITE;
  }

  private void bind(SocketChannel opened) throws IOException {
    Optional<InetSocketAddress> source = Sources.forSession(number, plan.address());
    if (source.isPresent()) {
      opened.bind(source.get());
    }
  }

  void onReady(SelectionKey ready) {
    try {
      advance((SocketChannel) ready.channel(), ready);
    } catch (IOException e) {
      fail(Failures.Kind.of(e), String.valueOf(e.getMessage()));
    } catch (ViolationException e) {
      fail(Failures.Kind.VIOLATION, String.valueOf(e.getMessage()));
    }
  }

  private void advance(SocketChannel connection, SelectionKey ready)
      throws IOException, ViolationException {
    switch (state) {
      case CONNECTING -> {
        if (connection.finishConnect()) {
          connected(connection, ready);
        }
      }
      case SENDING -> {
        if (ready.isWritable()) {
          send(connection, ready, Objects.requireNonNull(unsent, "unsent"));
        }
        if (ready.isReadable()) {
          read(connection, ready);
        }
      }
      case IDLE, AWAITING_REPLIES, AWAITING_END -> read(connection, ready);
      case FAILED -> {}
    }
  }

  private void connected(SocketChannel connection, SelectionKey ready) throws IOException {
    if (!persistent) {
      request(connection, ready);
      return;
    }
    ready.interestOps(SelectionKey.OP_READ);
    park();
  }

  private void park() {
    state = State.IDLE;
    loop.parked(this);
  }

  /** Make round trips on an idle connection, the first of them started at this time. */
  void roundTrips(long count, long intendedNs) {
    roundTripsLeft = count;
    startNs = intendedNs;
    onIdle(() -> request(connection(), key()));
  }

  /** End an idle connection. */
  void end() {
    onIdle(() -> close(connection()));
  }

  private interface Step {
    void run() throws IOException;
  }

  private void onIdle(Step step) {
    // In flight from here on, whatever the step does.
    state = State.AWAITING_REPLIES;
    limitStartNs = System.nanoTime();
    try {
      step.run();
    } catch (IOException e) {
      fail(Failures.Kind.of(e), String.valueOf(e.getMessage()));
    }
  }

  private SocketChannel connection() {
    return Objects.requireNonNull(channel, "channel");
  }

  private SelectionKey key() {
    return Objects.requireNonNull(key, "key");
  }

  private void request(SocketChannel connection, SelectionKey ready) throws IOException {
    ByteBuffer out = loop.out();
    conversation.writeRequest(out);
    send(connection, ready, out.flip());
  }

  private void send(SocketChannel connection, SelectionKey ready, ByteBuffer out)
      throws IOException {
    connection.write(out);
    if (out.hasRemaining()) {
      // The driver's buffer is for the next session: what is left needs one of its own.
      unsent = out.isDirect() ? ByteBuffer.allocate(out.remaining()).put(out).flip() : out;
      state = State.SENDING;
      ready.interestOps(SelectionKey.OP_READ | SelectionKey.OP_WRITE);
      return;
    }
    unsent = null;
    state = State.AWAITING_REPLIES;
    if (ready.interestOps() != SelectionKey.OP_READ) {
      ready.interestOps(SelectionKey.OP_READ);
    }
    if (plan.closing() == LoadPlan.Closing.HALF_CLOSE_AFTER_REQUEST) {
      connection.shutdownOutput();
    }
  }

  private void read(SocketChannel connection, SelectionKey ready)
      throws IOException, ViolationException {
    ByteBuffer in = unread == null ? loop.in() : unread;
    int bytes = connection.read(in);
    if (bytes < 0) {
      ended(connection);
      return;
    }
    receivedBytes += bytes;
    if (state == State.AWAITING_END || state == State.IDLE) {
      throw new ViolationException("bytes after the last reply: bytes=" + bytes);
    }
    boolean answered = conversation.readReplies(in.flip());
    int left = in.remaining();
    keep(in);
    if (answered && (left > 0 || state == State.SENDING)) {
      throw new ViolationException("answered, but left over: bytes=" + left);
    }
    if (answered) {
      answered(connection, ready);
    } else if (left == plan.bufferBytes()) {
      throw new ViolationException("a reply longer than bufferBytes=" + plan.bufferBytes());
    }
  }

  private void keep(ByteBuffer in) {
    if (!in.hasRemaining()) {
      unread = null;
    } else if (unread == null) {
      unread = ByteBuffer.allocate(plan.bufferBytes()).put(in);
    } else {
      unread.compact();
    }
  }

  private void answered(SocketChannel connection, SelectionKey ready) throws IOException {
    if (!persistent) {
      close(connection);
      return;
    }
    long nowNs = System.nanoTime();
    loop.completed(nowNs - startNs);
    roundTrip++;
    roundTripsLeft--;
    if (roundTripsLeft == 0) {
      park();
      return;
    }
    startNs = nowNs;
    limitStartNs = nowNs;
    request(connection, ready);
  }

  private void close(SocketChannel connection) throws IOException {
    switch (plan.closing()) {
      case CLOSE -> complete(connection);
      case HALF_CLOSE_AFTER_REPLIES -> {
        connection.shutdownOutput();
        state = State.AWAITING_END;
      }
      case HALF_CLOSE_AFTER_REQUEST -> state = State.AWAITING_END;
    }
  }

  private void ended(SocketChannel connection) throws IOException {
    if (state == State.AWAITING_END) {
      complete(connection);
    } else {
      fail(Failures.Kind.CLOSED_EARLY, "the server has closed the connection");
    }
  }

  private void complete(SocketChannel connection) throws IOException {
    connection.close();
    if (!persistent) {
      loop.completed(System.nanoTime() - startNs);
    }
    loop.ended();
  }

  boolean isIdle() {
    return state == State.IDLE;
  }

  boolean isOverdue(long nowNs) {
    return state != State.IDLE && nowNs - limitStartNs > plan.timeLimit().toNanos();
  }

  void fail(Failures.Kind kind, String reason) {
    String failedIn = state.name().toLowerCase(Locale.ROOT);
    SocketChannel opened = channel;
    if (opened != null) {
      try {
        opened.close();
      } catch (IOException e) {
        // The session has failed already.
      }
    }
    if (state == State.IDLE) {
      loop.lostWhileIdle(this);
    } else {
      loop.ended();
    }
    state = State.FAILED;
    loop.failed(
        kind,
        1,
        "session="
            + number
            + " state="
            + failedIn
            + " round_trip="
            + roundTrip
            + " received_bytes="
            + receivedBytes
            + ": "
            + reason);
  }
}
