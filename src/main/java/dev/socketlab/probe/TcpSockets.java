package dev.socketlab.probe;

import java.net.InetSocketAddress;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;

/**
 * Snapshot of the TCP sockets of a network: what they wait for, what the kernel granted them, and
 * whether a port is listened on, without connecting to it.
 *
 * <p>The kernel is asked by netlink (man 7 sock_diag), in the network of the view; {@link
 * TcpSocket#detail} holds what it tells. Where that is refused (a kernel without {@code
 * INET_TCP_DIAG}, a filter of system calls, the network of another process without CAP_SYS_ADMIN),
 * and in a JVM without {@code --enable-native-access=ALL-UNNAMED}, which would warn, the files
 * {@code net/tcp} and {@code net/tcp6} are read, and the details are absent.
 *
 * <p>Neither table is frozen while it is read in portions. A large one is read until two readings
 * hold the same sockets, three times at most; so a socket that is open throughout is in the
 * snapshot once, and where others come and go all the time, some that have just closed may be, too.
 *
 * {@snippet :
 * boolean listens = TcpSockets.readListeners().listenerOn(port).isPresent();
 * }
 */
@API(status = Status.EXPERIMENTAL, since = "0.1")
public final class TcpSockets {
  private static final SocketTable<TcpSocket> TABLE =
      new SocketTable<>("tcp", TcpSockets::parse, TcpSockets::identify);

  /** A connection keeps its addresses when it is accepted and closed, not its inode. */
  private record Identity(InetSocketAddress local, InetSocketAddress remote, long listener) {}

  /**
   * In the files: {@code sl local_address rem_address st tx_queue:rx_queue tr:tm->when retrnsmt uid
   * timeout inode}, then two unnamed columns (a connection request or one that nobody holds any
   * more) or seven.
   */
  private static final int COLUMNS_OF_A_MINI_SOCKET = 12;

  private static final int COLUMNS = 17;
  private static final int HIGHEST_PORT = 65_535;

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
    return read(view, SocketDiag.ALL_STATES, 0, () -> TABLE.readBoth(view));
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
   * Read the listeners of a network alone, IPv4 and IPv6. By netlink the kernel picks them out. In
   * the files it lists them before all other sockets ({@code tcp_seq_start} in {@code
   * net/ipv4/tcp_ipv4.c}), which are read no further than to their end, however many connections
   * follow, those in TIME_WAIT included.
   *
   * @param view whose network
   * @return the snapshot, without the sockets in any other state
   * @throws ProbeException if a table cannot be read or parsed
   */
  public static TcpSockets readListeners(NetworkView view) {
    return read(
        view,
        SocketDiag.LISTENERS,
        0,
        () -> TABLE.readBothWhile(TcpSockets::isHeaderOrListener, view));
  }

  /**
   * Read the sockets of the calling thread's network with a local port: the kernel picks them out,
   * which is the cheap way to watch one server among many sockets.
   *
   * @param port local port, 1 to 65535
   * @return the snapshot, without the sockets on any other port
   * @throws ProbeException if the sockets cannot be read
   */
  public static TcpSockets readOnPort(int port) {
    if (port < 1 || port > HIGHEST_PORT) {
      throw new IllegalArgumentException("port=" + port + " must be from 1 to " + HIGHEST_PORT);
    }
    NetworkView view = NetworkView.ofCallingThread();
    return read(
        view, SocketDiag.ALL_STATES, port, () -> new TcpSockets(TABLE.readBoth(view)).onPort(port));
  }

  /**
   * Look one end of a connection up in the calling thread's network; the kernel finds it by its
   * addresses, whatever else is open.
   *
   * @param local address and port of this end
   * @param remote address and port of the other end
   * @return its socket, in whatever state; empty when there is none
   * @throws ProbeException if the sockets cannot be read
   */
  public static Optional<TcpSocket> readConnection(
      InetSocketAddress local, InetSocketAddress remote) {
    List<TcpSocket> candidates =
        SocketDiag.connection(local, remote)
            .map(rows -> rows.stream().map(TcpSockets::socket).toList())
            .orElseGet(() -> TABLE.readBoth(NetworkView.ofCallingThread()));
    // Asked for a connection that is not there, the kernel gives the listener.
    return candidates.stream()
        .filter(socket -> socket.local().equals(local) && socket.remote().equals(remote))
        .findFirst();
  }

  private static TcpSockets read(
      NetworkView view, int states, int port, Supplier<List<TcpSocket>> files) {
    return new TcpSockets(
        SocketDiag.inet(view, SocketDiag.TCP, states, port)
            .map(rows -> rows.stream().map(TcpSockets::socket).filter(TcpSockets::isOpen).toList())
            .orElseGet(files));
  }

  /**
   * A socket in CLOSE is in none of the kernel's tables. One that is told of was closed after it
   * was found there, and its remote address may be gone already.
   */
  private static boolean isOpen(TcpSocket socket) {
    return socket.state() != TcpSocket.State.CLOSE;
  }

  private static TcpSocket socket(SocketDiag.Row row) {
    return new TcpSocket(
        row.local(),
        row.remote(),
        TcpSocket.State.of("netlink sock_diag", row.state()),
        row.txQueue(),
        row.rxQueue(),
        row.inode(),
        row.detail());
  }

  private static Identity identify(TcpSocket socket) {
    long listener = socket.state() == TcpSocket.State.LISTEN ? socket.inode() : 0;
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
        TcpSocket.State.of(row),
        row.txQueueBytes(),
        row.rxQueueBytes(),
        row.inode(),
        SocketDetail.NONE);
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
    return onPort(port).stream()
        .filter(socket -> socket.state() == TcpSocket.State.LISTEN)
        .findFirst();
  }

  /**
   * List the sockets that a process holds.
   *
   * @param process the sockets that the process holds
   * @return its sockets, in whatever state
   */
  public List<TcpSocket> heldBy(ProcessSockets process) {
    return sockets.stream().filter(socket -> process.holds(socket.inode())).toList();
  }

  /**
   * List the ports that a process listens on.
   *
   * @param process the sockets that the process holds
   * @return its listeners; empty when it has none yet
   */
  public List<TcpSocket> listenersOf(ProcessSockets process) {
    return heldBy(process).stream()
        .filter(socket -> socket.state() == TcpSocket.State.LISTEN)
        .toList();
  }
}
