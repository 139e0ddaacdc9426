package dev.socketlab.qsl.gateway;

import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.RecvByteBufAllocator;
import io.netty.channel.ServerChannel;
import io.netty.channel.socket.SocketChannel;
import io.netty.util.concurrent.FastThreadLocalThread;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * One thread for all connections, an event loop of Netty on one of the kernel's own interfaces.
 * Everything but {@link #stop} and the counters happens on that thread.
 */
final class NettyTransport implements Transport {
  /** The largest buffer that Netty's pool keeps in the thread's own cache. */
  private static final int INPUT_BYTES = 32 << 10;

  /**
   * A connection on which nothing happens between two looks has nothing left to answer. A peer
   * whose window was closed may need 200 ms to go on.
   */
  private static final long LOOK_MS = 250;

  private static final Duration CUT_OFF = Duration.ofSeconds(5);

  /** One thread, so one arena of small chunks; nothing is allocated on the heap. */
  static final ByteBufAllocator BUFFERS =
      new PooledByteBufAllocator(
          true,
          0,
          1,
          8192,
          5,
          PooledByteBufAllocator.defaultSmallCacheSize(),
          PooledByteBufAllocator.defaultNormalCacheSize(),
          true);

  private final NativeLoop kind;
  private final Exchange exchange;
  private final Tally tally;
  private final EventLoopGroup group;
  private final EventLoop loop;
  private final ServerChannel listener;
  private final NettyAcceptor acceptor = new NettyAcceptor(this);
  private final RecvByteBufAllocator inputBuffers = new FixedRecvByteBufAllocator(INPUT_BYTES);
  private final Set<NettyConnection> connections = new HashSet<>();
  private volatile Thread thread;
  private boolean stopping;
  private int port;

  private NettyTransport(NativeLoop kind, GatewayOptions options, Exchange exchange) {
    this.kind = kind;
    this.exchange = exchange;
    this.tally = new Tally(options.maxConnections());
    this.thread = new FastThreadLocalThread(kind.threadName());
    this.group = new MultiThreadIoEventLoopGroup(1, this::newThread, kind.handlers());
    this.loop = group.next();
    this.listener = kind.newListener();
  }

  static Transport start(NativeLoop kind, GatewayOptions options, Exchange exchange)
      throws IOException {
    NettyTransport transport = new NettyTransport(kind, options, exchange);
    try {
      transport.listen(options);
      return transport;
    } catch (IOException e) {
      transport.close();
      throw e;
    }
  }

  private Thread newThread(Runnable task) {
    thread = new FastThreadLocalThread(task, kind.threadName());
    return thread;
  }

  private void listen(GatewayOptions options) throws IOException {
    listener.config().setAllocator(BUFFERS);
    acceptor.configure(listener, options.backlog());
    listener.pipeline().addLast(acceptor);
    loop.register(listener).syncUninterruptibly();
    ChannelFuture bound = listener.bind(Loopback.addressOf(options)).awaitUninterruptibly();
    Throwable cause = bound.cause();
    if (cause != null) {
      throw new IOException(
          "cannot listen: port=" + options.port() + ", reason=" + reason(cause), cause);
    }
    port = ((InetSocketAddress) listener.localAddress()).getPort();
  }

  /** What the kernel said, without the name of Netty's native function in front. */
  private static String reason(Throwable cause) {
    String message = String.valueOf(cause.getMessage());
    return message.substring(message.lastIndexOf(": ") + 1).strip();
  }

  @Override
  public int port() {
    return port;
  }

  @Override
  public GatewayCounters counters() {
    return tally.counters();
  }

  Tally tally() {
    return tally;
  }

  EventLoop loop() {
    return loop;
  }

  /** Serve a connection that has just been accepted. */
  void admit(Channel channel) {
    if (tally.isFull()) {
      tally.shed();
      channel.unsafe().closeForcibly();
      return;
    }
    tally.accepted();
    NettyConnection connection =
        new NettyConnection((SocketChannel) channel, new Session(exchange), this);
    connections.add(connection);
    var _ = channel.closeFuture().addListener(closed -> ended(connection));
    channel.config().setAllocator(BUFFERS).setRecvByteBufAllocator(inputBuffers);
    kind.prepare(channel);
    channel.pipeline().addLast(connection);
    var _ =
        loop.register(channel)
            .addListener(registered -> {
              if (!registered.isSuccess()) {
                connection.fail();
              }
            });
  }

  private void ended(NettyConnection connection) {
    connections.remove(connection);
    tally.ended(connection.session());
    acceptor.descriptorFreed();
    shutDownIfDone();
  }

  /** Hand an unexpected error to the thread, like that of any thread. */
  void report(Throwable error) {
    thread.getUncaughtExceptionHandler().uncaughtException(thread, error);
  }

  @Override
  public void stop(Duration grace) {
    if (!loop.isShuttingDown()) {
      loop.execute(() -> beginStop(grace));
    }
    try {
      group.awaitTermination(grace.plus(CUT_OFF).toNanos(), TimeUnit.NANOSECONDS);
      thread.join(CUT_OFF);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void beginStop(Duration grace) {
    if (stopping) {
      return;
    }
    stopping = true;
    var _ = listener.close().addListener(closed -> shutDownIfDone());
    var _ = loop.scheduleWithFixedDelay(this::look, 0, LOOK_MS, TimeUnit.MILLISECONDS);
    var _ = loop.schedule(this::cutOff, grace.toNanos(), TimeUnit.NANOSECONDS);
  }

  private void look() {
    List.copyOf(connections).forEach(NettyConnection::endIfIdle);
  }

  private void cutOff() {
    List.copyOf(connections).forEach(NettyConnection::end);
  }

  /** End the thread, after the last steps of those channels that have just been closed. */
  private void shutDownIfDone() {
    if (stopping && connections.isEmpty() && !listener.isOpen()) {
      loop.execute(this::shutDown);
    }
  }

  private void shutDown() {
    var _ = group.shutdownGracefully(0, CUT_OFF.toMillis(), TimeUnit.MILLISECONDS);
  }
}
