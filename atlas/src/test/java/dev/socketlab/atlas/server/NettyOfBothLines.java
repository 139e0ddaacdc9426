package dev.socketlab.atlas.server;

import io.netty.channel.EventLoopGroup;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.channel.socket.nio.NioServerSocketChannel;

/** {@link NettyServer} with what Netty 4.1 has and 4.2 still has. */
public final class NettyOfBothLines {

  private NettyOfBothLines() {}

  /** Serves on the port that it is given, and says which version it is. */
  @SuppressWarnings("deprecation") // what came instead is not in 4.1
  public static void main(String[] arguments) throws InterruptedException {
    EventLoopGroup loop = new NioEventLoopGroup(1);
    NettyServer.serve(loop, NioServerSocketChannel.class, Integer.parseInt(arguments[0]));
    System.out.println("version " + io.netty.util.Version.identify().get("netty-transport"));
  }
}
