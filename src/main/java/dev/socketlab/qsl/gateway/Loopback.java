package dev.socketlab.qsl.gateway;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.nio.channels.Channel;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;

/** IPv4 stream sockets on 127.0.0.1; a dual-stack one would count as IPv6 in the kernel. */
final class Loopback {
  private static final byte[] ADDRESS = {127, 0, 0, 1};
  private static final byte[] ANY = {0, 0, 0, 0};

  private Loopback() {}

  static InetSocketAddress at(int port) throws IOException {
    return new InetSocketAddress(InetAddress.getByAddress(ADDRESS), port);
  }

  /** Where a gateway listens. */
  static InetSocketAddress addressOf(GatewayOptions options) throws IOException {
    return options.allAddresses()
        ? new InetSocketAddress(InetAddress.getByAddress(ANY), options.port())
        : at(options.port());
  }

  static SocketChannel connect(int port) throws IOException {
    SocketChannel channel = SocketChannel.open(StandardProtocolFamily.INET);
    try {
      channel.connect(at(port));
      return channel;
    } catch (IOException e) {
      channel.close();
      throw new IOException("cannot connect: port=" + port + ", reason=" + e.getMessage(), e);
    }
  }

  static ServerSocketChannel listen(GatewayOptions options) throws IOException {
    ServerSocketChannel listener = ServerSocketChannel.open(StandardProtocolFamily.INET);
    try {
      return listener.bind(addressOf(options), options.backlog());
    } catch (IOException e) {
      listener.close();
      throw new IOException(
          "cannot listen: port=" + options.port() + ", reason=" + e.getMessage(), e);
    }
  }

  /** Close what is given up anyway, so that a failure to close it changes nothing. */
  static void close(Channel channel) {
    try {
      channel.close();
    } catch (IOException e) {
      // The descriptor is free all the same.
    }
  }

  static int portOf(ServerSocketChannel listener) throws IOException {
    return ((InetSocketAddress) listener.getLocalAddress()).getPort();
  }
}
