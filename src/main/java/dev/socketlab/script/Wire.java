package dev.socketlab.script;

import dev.socketlab.internal.os.ErrorText;
import dev.socketlab.probe.ProbeException;
import dev.socketlab.probe.SocketDetail;
import dev.socketlab.probe.SocketOptionValues;
import dev.socketlab.probe.TcpSocket;
import dev.socketlab.probe.TcpSockets;
import dev.socketlab.script.ScriptedConnection.Outcome;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SocketChannel;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The socket of a scripted connection: what went through it, and what became of it. */
final class Wire {
  static final int ENDED = -1;

  private static final int EPIPE = 32;
  private static final int ECONNRESET = 104;
  private static final int ENOTCONN = 107;
  private static final int ETIMEDOUT = 110;

  private final SocketChannel channel;
  private final @Nullable SocketAddress local;
  private final @Nullable SocketAddress remote;
  private final long inode;
  private Outcome outcome;
  private boolean outputEnded;
  private long sent;
  private long received;
  private @Nullable SocketDetail last;

  Wire(SocketChannel channel, Outcome outcome) {
    this.channel = channel;
    this.outcome = outcome;
    this.local = isOpen() ? address(channel::getLocalAddress) : null;
    this.remote = isOpen() ? address(channel::getRemoteAddress) : null;
    this.inode = socket().map(TcpSocket::inode).orElse(0L);
  }

  private interface Address {
    @Nullable SocketAddress get() throws IOException;
  }

  private static @Nullable SocketAddress address(Address address) {
    try {
      return address.get();
    } catch (IOException _) {
      return null; // it has been closed meanwhile
    }
  }

  boolean isOpen() {
    return outcome != Outcome.REFUSED && channel.isOpen();
  }

  boolean isTcp() {
    return local instanceof InetSocketAddress;
  }

  String near() {
    return String.valueOf(local);
  }

  String far() {
    return String.valueOf(remote);
  }

  private Optional<InetSocketAddress> local() {
    return local instanceof InetSocketAddress inet ? Optional.of(inet) : Optional.empty();
  }

  private Optional<InetSocketAddress> remote() {
    return remote instanceof InetSocketAddress inet ? Optional.of(inet) : Optional.empty();
  }

  /** What sock_diag tells of this end, as long as it is in the tables of the calling thread. */
  Optional<TcpSocket> socket() {
    return local()
        .flatMap(here -> remote().flatMap(there -> TcpSockets.readConnection(here, there)));
  }

  /** What it tells of the other end, where that is in the same network. */
  Optional<TcpSocket> otherSocket() {
    return local()
        .flatMap(here -> remote().flatMap(there -> TcpSockets.readConnection(there, here)));
  }

  Outcome outcome() {
    return outcome;
  }

  long sent() {
    return sent;
  }

  long received() {
    return received;
  }

  /** Writes what the kernel takes now; {@link #ENDED} where it takes nothing any more. */
  int write(ByteBuffer bytes) throws IOException {
    if (!channel.isOpen() || outputEnded || outcome == Outcome.RESET) {
      return ENDED;
    }
    try {
      int taken = channel.write(bytes);
      sent += taken;
      return taken;
    } catch (ClosedChannelException _) {
      return ENDED;
    } catch (IOException failure) {
      return ended(failure);
    }
  }

  /** Reads what is there now; {@link #ENDED} where nothing comes any more. */
  int read(ByteBuffer bytes) throws IOException {
    if (!channel.isOpen() || outcome == Outcome.EOF || outcome == Outcome.RESET) {
      return ENDED;
    }
    try {
      int taken = channel.read(bytes);
      if (taken == ENDED) {
        outcome = Outcome.EOF;
        return ENDED;
      }
      received += taken;
      return taken;
    } catch (ClosedChannelException _) {
      return ENDED;
    } catch (IOException failure) {
      return ended(failure);
    }
  }

  private int ended(IOException failure) throws IOException {
    String words = String.valueOf(failure.getMessage());
    if (ErrorText.says(words, ECONNRESET, "Connection reset")
        || ErrorText.says(words, EPIPE, "Broken pipe")
        || ErrorText.says(words, ENOTCONN, "Transport endpoint is not connected")) {
      outcome = Outcome.RESET;
    } else if (ErrorText.says(words, ETIMEDOUT, "Connection timed out")) {
      outcome = Outcome.TIMED_OUT;
    } else {
      throw failure;
    }
    return ENDED;
  }

  void endOutput() throws IOException {
    try {
      channel.shutdownOutput();
      outputEnded = true;
    } catch (IOException failure) {
      int _ = ended(failure);
    }
  }

  void lingerNoTime() throws IOException {
    channel.setOption(StandardSocketOptions.SO_LINGER, 0);
  }

  /** Closes it, having looked at it for the last time. */
  void close() throws IOException {
    if (!channel.isOpen()) {
      return;
    }
    last = look();
    channel.close();
    if (outcome == Outcome.OPEN) {
      outcome = Outcome.CLOSED;
    }
  }

  /** Its {@code tcp_info}, also of one that was reset and of one that is closed here. */
  @Nullable SocketDetail tcpInfo() {
    return channel.isOpen() ? look() : last;
  }

  private @Nullable SocketDetail look() {
    if (inode == 0) {
      return null;
    }
    try {
      return SocketOptionValues.tcpInfo(ProcessHandle.current().pid(), inode);
    } catch (ProbeException | IllegalCallerException _) {
      return null; // foreign functions are denied, so nothing is told; the account says absent
    }
  }
}
