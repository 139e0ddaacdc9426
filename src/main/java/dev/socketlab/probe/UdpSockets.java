package dev.socketlab.probe;

import java.nio.ByteOrder;
import java.util.List;
import java.util.Optional;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;

/**
 * Snapshot of the UDP sockets of a network: queues, drops, and what the kernel granted them.
 *
 * <p>The kernel is asked by netlink (man 7 sock_diag), and where that is refused the files {@code
 * net/udp} and {@code net/udp6} are read, as {@link TcpSockets} says. Only bound sockets are
 * listed. A large table is read until two readings hold the same sockets; so a socket that is open
 * throughout is in the snapshot once.
 *
 * {@snippet :
 * long dropped = UdpSockets.read().onlyOnPort(server.port()).drops();
 * }
 */
@API(status = Status.EXPERIMENTAL, since = "0.1")
public final class UdpSockets {
  private static final SocketTable<UdpSocket> TABLE =
      new SocketTable<>("udp", UdpSockets::parse, UdpSocket::inode);

  /**
   * In the files: {@code sl local_address rem_address st tx_queue:rx_queue tr:tm->when retrnsmt uid
   * timeout inode ref pointer drops}.
   */
  private static final int COLUMNS = 13;

  private static final String NETLINK = "netlink sock_diag";
  private static final int CONNECTED = 1;
  private static final int UNCONNECTED = 7;

  private final String source;
  private final List<UdpSocket> sockets;

  private UdpSockets(String source, List<UdpSocket> sockets) {
    this.source = source;
    this.sockets = sockets;
  }

  /**
   * Read the sockets of the calling thread's network, IPv4 and IPv6.
   *
   * @return the snapshot
   * @throws ProbeException if a table cannot be read or parsed
   */
  public static UdpSockets read() {
    return read(NetworkView.ofCallingThread());
  }

  /**
   * Read the sockets of a network, IPv4 and IPv6.
   *
   * @param view whose network
   * @return the snapshot; without {@code net/udp6} (a kernel without IPv6) it holds the IPv4
   *     sockets
   * @throws ProbeException if a table cannot be read or parsed
   */
  public static UdpSockets read(NetworkView view) {
    return SocketDiag.inet(view, SocketDiag.UDP, SocketDiag.ALL_STATES, 0)
        .map(rows -> new UdpSockets(NETLINK, rows.stream().map(UdpSockets::socket).toList()))
        .orElseGet(() -> new UdpSockets(view.directory() + "/udp*", TABLE.readBoth(view)));
  }

  private static UdpSocket socket(SocketDiag.Row row) {
    return new UdpSocket(
        row.local(),
        row.remote(),
        row.state() == CONNECTED,
        row.txQueue(),
        row.rxQueue(),
        row.inode(),
        row.detail()
            .memory("drops")
            .orElseThrow(() -> ProbeException.incomplete(NETLINK, "the drops of a UDP socket")),
        row.detail());
  }

  /**
   * Read one table only, from its file: the cheap way to poll a socket. Details are absent.
   *
   * @param view whose network
   * @param version which table; a dual-stack socket is in {@link IpVersion#V6}
   * @return the snapshot
   * @throws ProbeException if the table cannot be read or parsed
   */
  public static UdpSockets read(NetworkView view, IpVersion version) {
    return new UdpSockets(
        view.file(version.table(TABLE.protocol())).toString(), TABLE.read(view, version));
  }

  static List<UdpSocket> parse(
      String source, List<String> lines, IpVersion version, ByteOrder order) {
    List<String> header = SocketRow.header(version, "ref", "pointer", "drops");
    return SocketTable.rows(source, lines, header, version, order, COLUMNS).stream()
        .map(UdpSockets::socket)
        .toList();
  }

  private static UdpSocket socket(SocketRow row) {
    if (row.state() != CONNECTED && row.state() != UNCONNECTED) {
      throw row.line().malformed("st 01 (connected) or 07 (unconnected)");
    }
    return new UdpSocket(
        row.local(),
        row.remote(),
        row.state() == CONNECTED,
        row.txQueueBytes(),
        row.rxQueueBytes(),
        row.inode(),
        row.line().unsigned(row.fields().get(COLUMNS - 1), "drops"),
        SocketDetail.NONE);
  }

  /**
   * List every socket.
   *
   * @return the sockets in the kernel's order, IPv4 first
   */
  public List<UdpSocket> all() {
    return sockets;
  }

  /**
   * List the sockets bound to a port, on whatever address.
   *
   * @param port local port, 0 to 65535
   * @return the sockets; empty when there is none
   */
  public List<UdpSocket> onPort(int port) {
    return sockets.stream().filter(socket -> socket.local().getPort() == port).toList();
  }

  /**
   * Find the one socket bound to a port.
   *
   * @param port local port, 0 to 65535
   * @return the socket
   * @throws ProbeException if no socket or more than one is bound to the port
   */
  public UdpSocket onlyOnPort(int port) {
    List<UdpSocket> found = onPort(port);
    if (found.size() != 1) {
      throw ProbeException.inconsistent(
          source,
          "expected exactly one UDP socket on the port: port=%d, found=%d, bound ports=%s"
              .formatted(
                  port,
                  found.size(),
                  sockets.stream().map(socket -> socket.local().getPort()).sorted().toList()));
    }
    return found.getFirst();
  }

  /**
   * List the sockets that a process holds.
   *
   * @param process the sockets that the process holds
   * @return its bound sockets
   */
  public List<UdpSocket> heldBy(ProcessSockets process) {
    return sockets.stream().filter(socket -> process.holds(socket.inode())).toList();
  }

  /**
   * Find a socket by identity.
   *
   * @param inode the socket's inode number
   * @return the socket; empty when it is closed, not bound, or in another network
   */
  public Optional<UdpSocket> withInode(long inode) {
    return sockets.stream().filter(socket -> socket.inode() == inode).findFirst();
  }
}
