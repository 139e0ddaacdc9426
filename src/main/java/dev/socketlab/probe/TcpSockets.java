package dev.socketlab.probe;

import java.net.InetSocketAddress;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Optional;

/**
 * Snapshot of the TCP sockets of a network, from {@code net/tcp} and {@code net/tcp6}: tells
 * whether a port is listened on without connecting to it.
 *
 * <p>Columns: {@code sl local_address rem_address st tx_queue:rx_queue tr:tm->when retrnsmt uid
 * timeout inode}, then two unnamed ones (a connection request or one that nobody holds any more) or
 * seven. As for UDP, the table is not frozen, and is read until two readings are equal.
 *
 * <pre>{@code
 * boolean listens = TcpSockets.readListeners().listenerOn(port).isPresent();
 * }</pre>
 */
public final class TcpSockets {
  private static final SocketTable<TcpSocket> TABLE =
      new SocketTable<>("tcp", TcpSockets::parse, TcpSockets::identify);

  /** A connection keeps its addresses when it is accepted and closed, not its inode. */
  private record Identity(InetSocketAddress local, InetSocketAddress remote, long listener) {}

  private static final int COLUMNS_OF_A_MINI_SOCKET = 12;
  private static final int COLUMNS = 17;

  private final List<TcpSocket> sockets;

  private TcpSockets(List<TcpSocket> sockets) {
    this.sockets = sockets;
  }

  /**
   * Read the sockets of the calling thread's network, IPv4 and IPv6.
   *
   * @return the snapshot
   * @throws ProbeException if a table cannot be read or parsed
   */
  public static TcpSockets read() {
    return read(NetworkView.ofCallingThread());
  }

  /**
   * Read the sockets of a network, IPv4 and IPv6.
   *
   * @param view whose network
   * @return the snapshot; without {@code net/tcp6} (a kernel without IPv6) it holds the IPv4
   *     sockets
   * @throws ProbeException if a table cannot be read or parsed
   */
  public static TcpSockets read(NetworkView view) {
    return new TcpSockets(TABLE.readBoth(view));
  }

  /**
   * Read the listeners of the calling thread's network alone, IPv4 and IPv6.
   *
   * @return the snapshot, as {@link #readListeners(NetworkView)} takes it
   * @throws ProbeException if a table cannot be read or parsed
   */
  public static TcpSockets readListeners() {
    return readListeners(NetworkView.ofCallingThread());
  }

  /**
   * Read the listeners of a network alone, IPv4 and IPv6. The kernel lists them before all other
   * sockets ({@code tcp_seq_start} in {@code net/ipv4/tcp_ipv4.c}), so that the table is read no
   * further than to their end, however many connections follow, those in TIME_WAIT included.
   *
   * @param view whose network
   * @return the snapshot, without the sockets in any other state
   * @throws ProbeException if a table cannot be read or parsed
   */
  public static TcpSockets readListeners(NetworkView view) {
    return new TcpSockets(TABLE.readBothWhile(TcpSockets::isHeaderOrListener, view));
  }

  private static Identity identify(TcpSocket socket) {
    long listener = socket.state() == TcpState.LISTEN ? socket.inode() : 0;
    return new Identity(socket.local(), socket.remote(), listener);
  }

  private static boolean isHeaderOrListener(String line) {
    return line.contains("local_address") || line.contains(" 0A ");
  }

  static List<TcpSocket> parse(
      String source, List<String> lines, IpVersion version, ByteOrder order) {
    List<String> header = SocketRow.header(version);
    return SocketTable.rows(
            source, lines, header, version, order, COLUMNS_OF_A_MINI_SOCKET, COLUMNS)
        .stream()
        .map(TcpSockets::socket)
        .toList();
  }

  private static TcpSocket socket(SocketRow row) {
    return new TcpSocket(
        row.local(),
        row.remote(),
        TcpState.of(row),
        row.txQueueBytes(),
        row.rxQueueBytes(),
        row.inode());
  }

  /**
   * List every socket.
   *
   * @return the sockets in the kernel's order, IPv4 first
   */
  public List<TcpSocket> all() {
    return sockets;
  }

  /**
   * List the sockets with a local port, in whatever state.
   *
   * @param port local port, 0 to 65535
   * @return the sockets; empty when there is none
   */
  public List<TcpSocket> onPort(int port) {
    return sockets.stream().filter(socket -> socket.local().getPort() == port).toList();
  }

  /**
   * Find a listener.
   *
   * @param port local port, 0 to 65535
   * @return the first socket that listens on the port, on whatever address; empty when nobody does
   */
  public Optional<TcpSocket> listenerOn(int port) {
    return onPort(port).stream().filter(socket -> socket.state() == TcpState.LISTEN).findFirst();
  }

  /**
   * List the ports that a process listens on.
   *
   * @param process the sockets that the process holds
   * @return its listeners; empty when it has none yet
   */
  public List<TcpSocket> listenersOf(ProcessSockets process) {
    return sockets.stream()
        .filter(socket -> socket.state() == TcpState.LISTEN && process.holds(socket.inode()))
        .toList();
  }
}
