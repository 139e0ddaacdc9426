package dev.socketlab.probe;

import dev.socketlab.probe.internal.Line;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/**
 * The columns that {@code net/udp}, {@code net/udp6}, {@code net/tcp} and {@code net/tcp6} have in
 * common.
 *
 * <p>An address is written as one (IPv4) or four (IPv6) 32-bit words with {@code %08X}: the word
 * holds the address in network order but is printed as a number of the host, so on a little-endian
 * machine the bytes of each word appear reversed. The port is printed as a plain number.
 */
record SocketRow(
    Line line,
    List<String> fields,
    InetSocketAddress local,
    InetSocketAddress remote,
    int state,
    long txQueueBytes,
    long rxQueueBytes,
    long inode) {
  private static final int BITS_PER_PORT = 16;

  static List<String> header(IpVersion version, String... furtherColumns) {
    List<String> columns =
        new ArrayList<>(List.of("sl", "local_address", version.remoteColumn(), "st"));
    columns.addAll(List.of("tx_queue", "rx_queue", "tr", "tm->when", "retrnsmt"));
    columns.addAll(List.of("uid", "timeout", "inode"));
    columns.addAll(List.of(furtherColumns));
    return List.copyOf(columns);
  }

  static SocketRow parse(Line line, List<String> fields, IpVersion version, ByteOrder order) {
    String[] queues = pair(line, fields.get(4), "tx_queue:rx_queue");
    return new SocketRow(
        line,
        fields,
        endpoint(line, fields.get(1), "local_address", version, order),
        endpoint(line, fields.get(2), version.remoteColumn(), version, order),
        (int) line.hex32(fields.get(3), "st"),
        line.hex32(queues[0], "tx_queue"),
        line.hex32(queues[1], "rx_queue"),
        line.unsigned(fields.get(9), "inode"));
  }

  private static InetSocketAddress endpoint(
      Line line, String token, String column, IpVersion version, ByteOrder order) {
    String[] addressAndPort = pair(line, token, column);
    String address = addressAndPort[0];
    if (address.length() != version.hexDigits()) {
      throw line.malformed(
          column + " of " + version.hexDigits() + " hexadecimal digits, found " + token);
    }
    ByteBuffer bytes = ByteBuffer.allocate(address.length() / 2).order(order);
    for (int i = 0; i < address.length(); i += 8) {
      bytes.putInt((int) line.hex32(address.substring(i, i + 8), column));
    }
    long port = line.hex32(addressAndPort[1], column + " port");
    if (port >>> BITS_PER_PORT != 0) {
      throw line.malformed(column + " port of at most 4 hexadecimal digits, found " + token);
    }
    return new InetSocketAddress(address(bytes.array()), (int) port);
  }

  private static InetAddress address(byte[] bytes) {
    try {
      return InetAddress.getByAddress(bytes);
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException("length of an IP address: bytes=" + bytes.length, e);
    }
  }

  private static String[] pair(Line line, String token, String column) {
    String[] parts = token.split(":", -1);
    if (parts.length != 2) {
      throw line.malformed(
          column + " as two numbers with a colon between, found \"" + token + "\"");
    }
    return parts;
  }
}
