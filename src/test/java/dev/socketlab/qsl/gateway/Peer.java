package dev.socketlab.qsl.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.List;

/** A client of a gateway; no read waits for more than ten seconds. */
final class Peer implements AutoCloseable {
  private static final int TIMEOUT_MS = 10_000;
  private static final int SMALL_BUFFER_BYTES = 4096;

  private final Socket socket;

  private Peer(Socket socket) throws IOException {
    this.socket = socket;
    socket.setTcpNoDelay(true);
    socket.setSoTimeout(TIMEOUT_MS);
  }

  static Peer connect(int port) throws IOException {
    Socket socket = new Socket();
    socket.connect(address(port), TIMEOUT_MS);
    return new Peer(socket);
  }

  /** Connect with a small receive buffer, and with writes that do not wait. */
  static SocketChannel connectWithSmallBuffer(int port) throws IOException {
    SocketChannel channel = SocketChannel.open();
    channel.setOption(StandardSocketOptions.SO_RCVBUF, SMALL_BUFFER_BYTES);
    channel.connect(address(port));
    channel.configureBlocking(false);
    return channel;
  }

  private static InetSocketAddress address(int port) throws IOException {
    return Loopback.at(port);
  }

  Peer send(Requests requests) throws IOException {
    return send(requests.bytes());
  }

  Peer send(byte... bytes) throws IOException {
    socket.getOutputStream().write(bytes);
    return this;
  }

  Peer halfClose() throws IOException {
    socket.shutdownOutput();
    return this;
  }

  /** Read whole replies of this length in total. */
  List<String> read(int bytes) throws IOException {
    byte[] replies = socket.getInputStream().readNBytes(bytes);
    assertThat(replies).as("replies").hasSize(bytes);
    return ReplyText.of(replies);
  }

  byte[] readToEnd() throws IOException {
    return socket.getInputStream().readAllBytes();
  }

  /** Send a heartbeat and read its acknowledgement. */
  void beat(long token) throws IOException {
    send(new Requests().heartbeat(token));
    assertThat(read(24)).containsExactly("HeartbeatAck token=" + token);
  }

  /** Close so that the gateway receives a reset. */
  void reset() throws IOException {
    socket.setSoLinger(true, 0);
    socket.close();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }

  /** Write as much as the socket takes, at most what is in the buffer; return how much that was. */
  static int writeSome(SocketChannel channel, ByteBuffer bytes) throws IOException {
    int written = channel.write(bytes);
    if (!bytes.hasRemaining()) {
      bytes.rewind();
    }
    return written;
  }
}
