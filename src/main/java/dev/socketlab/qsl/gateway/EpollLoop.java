package dev.socketlab.qsl.gateway;

import io.netty.channel.Channel;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.socket.SocketProtocolFamily;

/** Netty on level-triggered epoll. */
final class EpollLoop implements NativeLoop {
  @Override
  public String threadName() {
    return "qsl-epoll-loop";
  }

  @Override
  public IoHandlerFactory handlers() {
    return EpollIoHandler.newFactory();
  }

  @Override
  public ServerChannel newListener() {
    return new EpollServerSocketChannel(SocketProtocolFamily.INET);
  }

  /** Ask for input before the registration, so that one system call does both. */
  @Override
  public void prepare(Channel connection) {
    connection.unsafe().beginRead();
  }
}
