package dev.socketlab.atlas;

import dev.socketlab.card.Operation;
import dev.socketlab.load.Conversation;
import dev.socketlab.load.ViolationException;
import dev.socketlab.probe.SocketDetail;
import dev.socketlab.probe.TcpSocket;
import dev.socketlab.probe.TcpSockets;
import dev.socketlab.subject.Subject;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.OptionalInt;

/** A connection on which a server is asked. */
final class Client implements AutoCloseable {
  private static final int BUFFER_BYTES = 1 << 16;
  private static final int PATIENCE_MS = 20_000;

  private final Socket socket;
  private final Operation operation;
  private final ByteBuffer in = ByteBuffer.allocate(BUFFER_BYTES).flip();

  Client(Server server, Subject subject) throws IOException {
    socket = new Socket(subject.address().getAddress(), subject.port());
    socket.setTcpNoDelay(true);
    socket.setSoTimeout(PATIENCE_MS);
    operation = server.operation();
    Optional<Operation> hello = server.hello();
    if (hello.isPresent()) {
      socket.getOutputStream().write(hello.get().request());
      awaitReply(hello.get());
    }
  }

  /** Sends so many requests in one write, and reads as many replies. */
  void ask(int requests) throws IOException {
    byte[] one = operation.request();
    ByteBuffer all = ByteBuffer.allocate(one.length * requests);
    for (int i = 0; i < requests; i++) {
      all.put(one);
    }
    socket.getOutputStream().write(all.array());
    for (int i = 0; i < requests; i++) {
      awaitReply(operation);
    }
  }

  private void awaitReply(Operation asked) throws IOException {
    Conversation conversation = asked.conversations().open(0);
    try {
      while (!conversation.readReplies(in)) {
        in.compact();
        int read = socket.getInputStream().read(in.array(), in.position(), in.remaining());
        if (read < 0) {
          throw new IOException("the server ended the connection before its reply was whole");
        }
        in.position(in.position() + read).flip();
      }
    } catch (ViolationException failure) {
      throw new IOException("not the reply to " + asked + ": " + failure.getMessage(), failure);
    }
  }

  /** How many segments with data have come; empty where the kernel does not tell. */
  OptionalInt segments() {
    return TcpSockets.readConnection(
            (InetSocketAddress) socket.getLocalSocketAddress(),
            (InetSocketAddress) socket.getRemoteSocketAddress())
        .map(TcpSocket::detail)
        .map(Client::segments)
        .orElse(OptionalInt.empty());
  }

  private static OptionalInt segments(SocketDetail detail) {
    return detail.tcpInfo("data_segs_in").isPresent()
        ? OptionalInt.of(Math.toIntExact(detail.tcpInfo("data_segs_in").getAsLong()))
        : OptionalInt.empty();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
