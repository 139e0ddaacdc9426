package dev.socketlab.atlas.server;

import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.uring.IoUringIoHandler;
import io.netty.channel.uring.IoUringServerSocketChannel;

/** {@link NettyServer} over io_uring. */
public final class NettyIoUring {

  private NettyIoUring() {}

  /** Serves on the port that it is given. */
  public static void main(String[] arguments) throws InterruptedException {
    NettyServer.serve(
        new MultiThreadIoEventLoopGroup(1, IoUringIoHandler.newFactory()),
        IoUringServerSocketChannel.class,
        Integer.parseInt(arguments[0]));
  }
}
