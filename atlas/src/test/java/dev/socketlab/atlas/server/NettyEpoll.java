package dev.socketlab.atlas.server;

import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;

/** {@link NettyServer} over Netty's own epoll. */
public final class NettyEpoll {

  private NettyEpoll() {}

  /** Serves on the port that it is given. */
  public static void main(String[] arguments) throws InterruptedException {
    NettyServer.serve(
        new MultiThreadIoEventLoopGroup(1, EpollIoHandler.newFactory()),
        EpollServerSocketChannel.class,
        Integer.parseInt(arguments[0]));
  }
}
