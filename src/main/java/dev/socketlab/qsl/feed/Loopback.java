package dev.socketlab.qsl.feed;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.nio.channels.DatagramChannel;

/** IPv4 datagram channels on 127.0.0.1; a dual-stack one would count as IPv6 in the kernel. */
final class Loopback {
  private static final byte[] ADDRESS = {127, 0, 0, 1};

  private Loopback() {}

  static DatagramChannel open() throws IOException {
    return DatagramChannel.open(StandardProtocolFamily.INET);
  }

  static InetSocketAddress at(int port) throws IOException {
    return new InetSocketAddress(InetAddress.getByAddress(ADDRESS), port);
  }
}
