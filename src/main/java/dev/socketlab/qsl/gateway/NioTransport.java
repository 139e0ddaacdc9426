package dev.socketlab.qsl.gateway;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.function.Consumer;

/**
 * One thread and one selector for all connections.
 *
 * <p>A session of one read and one write costs 3 waits (for the connection, its input, and the end
 * of its input), accept, TCP_NODELAY, 2 reads, write and close. The JDK adds, at accept, the local
 * address and port (2 getsockname) and the blocking mode (1 fcntl); 2 fcntl to change the mode,
 * which a selector requires; 2 epoll_ctl to register and remove; and getsockopt and shutdown,
 * because a channel is closed in earnest only when its selector has removed it. The last two could
 * be traded for one more epoll_wait, by cancelling the key and closing after an extra {@code
 * selectNow}; that has been measured and makes no difference that can be told from noise.
 */
final class NioTransport implements Transport, Runnable, Consumer<SelectionKey> {
  private static final int INPUT_BYTES = 64 << 10;
  private static final int ACCEPT_BATCH = 16;
  private static final long ACCEPT_RETRY_NS = 100_000_000;
  private static final long LINGER_NS = 1_000_000_000;

  /**
   * A connection on which nothing happens between two looks has nothing left to answer. A peer
   * whose window was closed may need 200 ms to go on.
   */
  private static final long LOOK_NS = 250_000_000;

  private static final Duration CUT_OFF = Duration.ofSeconds(5);

  private final ServerSocketChannel listener;
  private final int port;
  private final Exchange exchange;
  private final Tally tally;
  private final Selector selector;
  private final SelectionKey listenKey;
  private final Thread thread = new Thread(this, "qsl-nio-loop");
  private final ByteBuffer in = ByteBuffer.allocateDirect(INPUT_BYTES);

  /** Connections that wait for the peer's close, by deadline. */
  private final LinkedHashSet<NioConnection> lingering = new LinkedHashSet<>();

  private long cycle;
  private long lastAcceptCycle = -1;
  private boolean acceptPaused;
  private boolean descriptorFreed;
  private long acceptRetryNs;
  private boolean stopping;
  private long stopDeadlineNs;
  private long nextLookNs;

  private volatile boolean stopRequested;
  private volatile long graceNs;

  private NioTransport(
      ServerSocketChannel listener, Selector selector, GatewayOptions options, Exchange exchange)
      throws IOException {
    this.listener = listener;
    this.port = Loopback.portOf(listener);
    this.exchange = exchange;
    this.tally = new Tally(options.maxConnections());
    this.selector = selector;
    listener.configureBlocking(false);
    this.listenKey = listener.register(selector, SelectionKey.OP_ACCEPT);
  }

  static Transport start(GatewayOptions options, Exchange exchange) throws IOException {
    Selector selector = Selector.open();
    try {
      ServerSocketChannel listener = Loopback.listen(options);
      NioTransport transport = new NioTransport(listener, selector, options, exchange);
      transport.thread.start();
      return transport;
    } catch (IOException e) {
      selector.close();
      throw e;
    }
  }

  @Override
  public int port() {
    return port;
  }

  @Override
  public GatewayCounters counters() {
    return tally.counters();
  }

  @Override
  public void stop(Duration grace) {
    if (!stopRequested) {
      graceNs = grace.toNanos();
      stopRequested = true;
      selector.wakeup();
    }
    try {
      thread.join(grace.plus(CUT_OFF));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void run() {
    try {
      while (!hasStopped()) {
        cycle++;
        selector.select(this, timeoutMs());
        afterSelect();
      }
      closeAll();
    } catch (IOException e) {
      throw new UncheckedIOException("the selector failed: " + e.getMessage(), e);
    }
  }

  private boolean hasStopped() {
    return stopping && (tally.counters().open() == 0 || System.nanoTime() - stopDeadlineNs >= 0);
  }

  /** Return how long to wait in a select; 0 is forever. */
  private long timeoutMs() {
    if (!acceptPaused && !stopping && lingering.isEmpty()) {
      return 0;
    }
    long now = System.nanoTime();
    long wait = Long.MAX_VALUE;
    if (acceptPaused) {
      wait = acceptRetryNs - now;
    }
    if (stopping) {
      wait = Math.min(wait, Math.min(stopDeadlineNs, nextLookNs) - now);
    }
    if (!lingering.isEmpty()) {
      wait = Math.min(wait, lingering.getFirst().deadlineNs() - now);
    }
    return Math.max(1, 1 + wait / 1_000_000);
  }

  private void afterSelect() {
    if (acceptPaused && (descriptorFreed || System.nanoTime() - acceptRetryNs >= 0)) {
      resumeAccept();
    }
    while (!lingering.isEmpty() && System.nanoTime() - lingering.getFirst().deadlineNs() >= 0) {
      end(lingering.getFirst());
    }
    if (stopRequested && !stopping) {
      stopping = true;
      nextLookNs = System.nanoTime();
      stopDeadlineNs = nextLookNs + graceNs;
      Loopback.close(listener);
    }
    if (stopping && System.nanoTime() - nextLookNs >= 0) {
      endIdleConnections();
    }
  }

  @Override
  public void accept(SelectionKey key) {
    if (key.attachment() instanceof NioConnection connection) {
      serve(connection);
    } else {
      acceptConnections();
    }
  }

  /**
   * Accept one connection. Only if there was one in the cycle before, too, go on until there is
   * none: a call that finds none costs as much as one that finds one.
   */
  private void acceptConnections() {
    int most = lastAcceptCycle == cycle - 1 ? ACCEPT_BATCH : 1;
    lastAcceptCycle = cycle;
    try {
      for (int i = 0; i < most; i++) {
        SocketChannel channel = listener.accept();
        if (channel == null) {
          return;
        }
        admit(channel);
      }
    } catch (IOException e) {
      tally.acceptFailed();
      pauseAccept();
    }
  }

  private void admit(SocketChannel channel) {
    if (tally.isFull()) {
      tally.shed();
      Loopback.close(channel);
      return;
    }
    tally.accepted();
    Session session = new Session(exchange);
    try {
      channel.configureBlocking(false);
      channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
      SelectionKey key = channel.register(selector, SelectionKey.OP_READ);
      key.attach(new NioConnection(this, channel, key, session));
    } catch (IOException e) {
      tally.failed();
      tally.ended(session);
      Loopback.close(channel);
    }
  }

  /**
   * Leave new connections in the queue: with the interest on, every select would return at once.
   */
  private void pauseAccept() {
    acceptPaused = true;
    descriptorFreed = false;
    acceptRetryNs = System.nanoTime() + ACCEPT_RETRY_NS;
    listenKey.interestOps(0);
  }

  private void resumeAccept() {
    acceptPaused = false;
    if (listenKey.isValid()) {
      listenKey.interestOps(SelectionKey.OP_ACCEPT);
    }
  }

  private void serve(NioConnection connection) {
    try {
      connection.onReady();
    } catch (IOException e) {
      tally.failed();
      end(connection);
    } catch (RuntimeException | OutOfMemoryError e) {
      // One connection's fault must not end the others; it is reported like that of any thread.
      tally.failed();
      end(connection);
      thread.getUncaughtExceptionHandler().uncaughtException(thread, e);
    }
  }

  Tally tally() {
    return tally;
  }

  /** The buffer to read into, empty. */
  ByteBuffer inputBuffer() {
    return in.clear();
  }

  /** Remember to end a connection; return when, as {@link System#nanoTime} counts. */
  long linger(NioConnection connection) {
    lingering.add(connection);
    return System.nanoTime() + LINGER_NS;
  }

  void end(NioConnection connection) {
    lingering.remove(connection);
    Loopback.close(connection.channel());
    tally.ended(connection.session());
    descriptorFreed = true;
  }

  private void endIdleConnections() {
    nextLookNs += LOOK_NS;
    for (SelectionKey key : selector.keys()) {
      if (key.isValid() && key.attachment() instanceof NioConnection connection) {
        connection.endIfIdle();
      }
    }
  }

  private void closeAll() throws IOException {
    for (SelectionKey key : selector.keys()) {
      if (key.isValid() && key.attachment() instanceof NioConnection connection) {
        end(connection);
      }
    }
    selector.close();
  }
}
