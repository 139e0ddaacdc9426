package dev.socketlab.atlas.server;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;

/** Netty over java.nio, one event loop for acceptor and connections. */
public final class NettyServer {

  private NettyServer() {}

  /** Serves on the port that it is given. */
  public static void main(String[] arguments) throws InterruptedException {
    serve(
        new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory()),
        NioServerSocketChannel.class,
        Integer.parseInt(arguments[0]));
  }

  static void serve(EventLoopGroup loop, Class<? extends ServerChannel> channels, int port)
      throws InterruptedException {
    new ServerBootstrap()
        .group(loop)
        .channel(channels)
        .childHandler(
            new ChannelInitializer<SocketChannel>() {
              @Override
              protected void initChannel(SocketChannel channel) {
                channel
                    .pipeline()
                    .addLast(new HttpServerCodec(), new HttpObjectAggregator(1024), new Hello());
              }
            })
        .bind("127.0.0.1", port)
        .sync();
  }

  private static final class Hello extends SimpleChannelInboundHandler<FullHttpRequest> {
    @Override
    protected void channelRead0(ChannelHandlerContext context, FullHttpRequest request) {
      var response =
          new DefaultFullHttpResponse(
              HttpVersion.HTTP_1_1,
              HttpResponseStatus.OK,
              Unpooled.copiedBuffer("hello\n", US_ASCII));
      HttpUtil.setContentLength(response, 6);
      var sent = context.writeAndFlush(response);
      if (!HttpUtil.isKeepAlive(request)) {
        sent.addListener(ChannelFutureListener.CLOSE);
      }
    }
  }
}
