package dev.socketlab.qsl.gateway;

import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;

/**
 * A thread for each connection and one that accepts them, all with blocking calls.
 *
 * <p>A session of one read and one write costs accept, TCP_NODELAY, 2 reads (the second sees the
 * end), write and close. The JDK adds, at accept, the local address and port (2 getsockname) and
 * the blocking mode (1 fcntl). Channels and not {@link java.net.Socket}: closing one of those costs
 * getsockopt and shutdown as well. Some futex calls hand the connection to its thread.
 */
final class BlockingTransport implements Transport, Runnable {
  private static final long ACCEPT_RETRY_NS = 100_000_000;

  /**
   * A connection whose thread waits at two looks in a row has nothing left to answer. A peer whose
   * window was closed may need 200 ms to go on.
   */
  private static final long LOOK_NS = 250_000_000;

  private static final Duration CUT_OFF = Duration.ofSeconds(5);

  private final ServerSocketChannel listener;
  private final int port;
  private final Exchange exchange;
  private final ServingThreads threads;
  private final Thread acceptor;
  private final Tally tally;
  private final Set<BlockingConnection> connections = ConcurrentHashMap.newKeySet();
  private volatile boolean stopping;
  private volatile boolean awaitsDescriptor;

  private BlockingTransport(
      ServerSocketChannel listener,
      GatewayOptions options,
      Exchange exchange,
      ServingThreads threads)
      throws IOException {
    this.listener = listener;
    this.threads = threads;
    this.port = Loopback.portOf(listener);
    this.exchange = exchange;
    this.tally = new Tally(options.maxConnections());
    this.acceptor = new Thread(this, "qsl-accept");
  }

  static Transport start(GatewayOptions options, Exchange exchange, ServingThreads threads)
      throws IOException {
    ServerSocketChannel listener = Loopback.listen(options);
    BlockingTransport transport = new BlockingTransport(listener, options, exchange, threads);
    transport.acceptor.start();
    return transport;
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
  public void run() {
    while (!stopping) {
      try {
        admit(listener.accept());
      } catch (ClosedChannelException e) {
        return;
      } catch (IOException e) {
        tally.acceptFailed();
        awaitDescriptor();
      }
    }
  }

  private void admit(SocketChannel channel) {
    if (tally.isFull()) {
      tally.shed();
      Loopback.close(channel);
      return;
    }
    BlockingConnection connection = new BlockingConnection(channel, exchange, this);
    connections.add(connection);
    tally.accepted();
    try {
      threads.serve(connection);
    } catch (OutOfMemoryError e) {
      // The system refuses another thread; those that there are go on.
      tally.failed();
      connection.cutOff();
      ended(connection);
    }
  }

  /** Wait, after a failed attempt to accept, until a connection ends or some time has passed. */
  private void awaitDescriptor() {
    awaitsDescriptor = true;
    if (!stopping) {
      LockSupport.parkNanos(this, ACCEPT_RETRY_NS);
    }
    awaitsDescriptor = false;
  }

  Tally tally() {
    return tally;
  }

  /** Forget a connection that has just been closed. */
  void ended(BlockingConnection connection) {
    connections.remove(connection);
    tally.ended(connection.session());
    if (awaitsDescriptor) {
      LockSupport.unpark(acceptor);
    }
  }

  @Override
  public synchronized void stop(Duration grace) {
    long startNs = System.nanoTime();
    stopping = true;
    Loopback.close(listener);
    LockSupport.unpark(acceptor);
    boolean orderly = acceptorEnds();
    threads.shutdown();
    long leftNs = orderly ? grace.toNanos() : 0;
    while (leftNs > 0 && !threads.endWithin(Duration.ofNanos(Math.min(LOOK_NS, leftNs)))) {
      for (BlockingConnection connection : connections) {
        connection.endIfIdle();
      }
      boolean interrupted = Thread.currentThread().isInterrupted();
      leftNs = interrupted ? 0 : startNs + grace.toNanos() - System.nanoTime();
    }
    for (BlockingConnection connection : connections) {
      connection.cutOff();
    }
    threads.endWithin(CUT_OFF);
  }

  private boolean acceptorEnds() {
    try {
      return acceptor.join(CUT_OFF);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
