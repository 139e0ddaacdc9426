package dev.socketlab.qsl.gateway;

import io.netty.channel.Channel;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.ServerChannel;

/** What one native transport of Netty has of its own. */
interface NativeLoop {
  /** The loop's thread; at most 15 characters, so that Linux shows all of them. */
  String threadName();

  IoHandlerFactory handlers();

  /** Make an IPv4 listener; a dual-stack one would count as IPv6 in the kernel. */
  ServerChannel newListener();

  /** Set what a new connection needs; TCP_NODELAY is on in a new native channel already. */
  void prepare(Channel connection);
}
