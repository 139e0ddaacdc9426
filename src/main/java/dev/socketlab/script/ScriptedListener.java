package dev.socketlab.script;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;

/**
 * A server that a test plays, for a subject that is a client. It accepts when it is told to;
 * before, connections wait in the kernel's queue, open as far as the client can see.
 *
 * {@snippet :
 * ScriptedListener listener = lab.script().listen();
 * Subject client = lab.java(Client.class, "" + listener.port()).start();
 * ScriptedConnection connection = listener.accept();
 * connection.readUntil("\r\n\r\n");
 * connection.send("HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n").close();
 * }
 */
@API(status = Status.EXPERIMENTAL, since = "0.1")
public final class ScriptedListener implements AutoCloseable {
  /** Of a file's mode, man 7 inode: S_IFMT and S_IFSOCK. */
  private static final int FILE_TYPE = 0xF000;

  private static final int FILE_TYPE_SOCKET = 0xC000;

  private final Script script;
  private final ServerSocketChannel channel;
  private final SocketAddress address;

  private ScriptedListener(Script script, ServerSocketChannel channel, SocketAddress address) {
    this.script = script;
    this.channel = channel;
    this.address = address;
  }

  static ScriptedListener open(Script script, SocketAddress address, int backlog)
      throws IOException {
    ServerSocketChannel channel = ServerSocketChannel.open(Connecting.family(address));
    try {
      channel.configureBlocking(false);
      if (address instanceof UnixDomainSocketAddress unix) {
        deleteIfNobodyListens(unix.getPath());
      }
      channel.bind(address, backlog);
      return new ScriptedListener(script, channel, channel.getLocalAddress());
    } catch (IOException failure) {
      channel.close();
      throw failure;
    }
  }

  /** A test that was killed leaves the file of its socket behind, and bind(2) refuses that name. */
  private static void deleteIfNobodyListens(Path file) throws IOException {
    if (!Files.exists(file)
        || ((int) Files.getAttribute(file, "unix:mode") & FILE_TYPE) != FILE_TYPE_SOCKET) {
      return; // of another file, too, connect(2) says that it refuses
    }
    try (SocketChannel attempt = SocketChannel.open(StandardProtocolFamily.UNIX)) {
      attempt.configureBlocking(false); // where a backlog is full it would wait
      attempt.connect(UnixDomainSocketAddress.of(file));
    } catch (ConnectException _) {
      Files.deleteIfExists(file);
    }
  }

  /**
   * Tells where it listens.
   *
   * @return its address, with the port that the kernel gave
   */
  public SocketAddress address() {
    return address;
  }

  /**
   * Tells its port.
   *
   * @return the port
   * @throws IllegalStateException if it listens on a unix socket
   */
  public int port() {
    if (address instanceof InetSocketAddress inet) {
      return inet.getPort();
    }
    throw new IllegalStateException("a unix socket has no port: " + address);
  }

  /**
   * Accepts the next connection, and waits for it.
   *
   * @return the connection, open
   * @throws ScriptException if none comes in time
   */
  public ScriptedConnection accept() {
    return accept(1).getFirst();
  }

  /**
   * Accepts several connections, and waits for them.
   *
   * @param connections how many
   * @return the connections, in the order in which they came
   * @throws ScriptException if fewer come in time
   */
  public List<ScriptedConnection> accept(int connections) {
    List<ScriptedConnection> accepted = new ArrayList<>();
    try {
      boolean all =
          script
              .patience()
              .until(() -> {
                while (accepted.size() < connections) {
                  Optional<SocketChannel> next = Optional.ofNullable(channel.accept());
                  if (next.isEmpty()) {
                    return false;
                  }
                  next.get().configureBlocking(false);
                  accepted.add(script.accepted(next.get()));
                }
                return true;
              });
      if (all) {
        return accepted;
      }
    } catch (IOException failure) {
      throw script.patience().failure("accept on " + address, failure);
    }
    throw script
        .patience()
        .late(
            "accept on %s: %d of %d connections".formatted(address, accepted.size(), connections));
  }

  /**
   * Listens no more. What waits to be accepted is reset, and what comes is refused; connections
   * that were accepted stay.
   */
  @Override
  public void close() {
    try {
      channel.close();
      if (address instanceof UnixDomainSocketAddress unix) {
        Files.deleteIfExists(unix.getPath());
      }
    } catch (IOException failure) {
      throw script.patience().failure("close the listener on " + address, failure);
    }
  }
}
