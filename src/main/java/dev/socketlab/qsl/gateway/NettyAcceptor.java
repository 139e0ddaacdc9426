package dev.socketlab.qsl.gateway;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.ServerChannel;
import io.netty.channel.ServerChannelRecvByteBufAllocator;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Hands new connections over. When accepting fails, for instance for want of a descriptor, Netty by
 * itself would try again at once and for ever; here it pauses until a connection has ended, or for
 * a moment.
 */
final class NettyAcceptor extends ChannelInboundHandlerAdapter {
  private static final long ACCEPT_RETRY_MS = 100;

  private final NettyTransport transport;
  private @Nullable Channel paused;

  NettyAcceptor(NettyTransport transport) {
    this.transport = transport;
  }

  /**
   * One connection for each wake-up: to ask for another one that is not there costs as much as the
   * wake-up for one that is.
   */
  void configure(ServerChannel listener, int backlog) {
    listener.config().setOption(ChannelOption.SO_BACKLOG, backlog);
    listener.config().setRecvByteBufAllocator(new ServerChannelRecvByteBufAllocator());
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object accepted) {
    transport.admit((Channel) accepted);
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    if (paused != null) {
      return; // The last attempt of a read that has been cancelled.
    }
    transport.tally().acceptFailed();
    paused = context.channel();
    paused.config().setAutoRead(false);
    var _ = context.executor().schedule(this::resume, ACCEPT_RETRY_MS, TimeUnit.MILLISECONDS);
  }

  void descriptorFreed() {
    if (paused != null) {
      resume();
    }
  }

  private void resume() {
    Channel listener = paused;
    if (listener != null) {
      paused = null;
      listener.config().setAutoRead(true);
    }
  }
}
