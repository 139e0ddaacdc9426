package dev.socketlab.probe;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;

/**
 * State of one unix socket, as sock_diag tells it (man 7 sock_diag, {@code linux/unix_diag.h}).
 *
 * {@snippet :
 * long waiting =
 *     UnixSocket.read(NetworkView.ofCallingThread()).stream()
 *         .filter(socket -> socket.name().equals(Optional.of("/run/server.sock")))
 *         .filter(socket -> socket.state() == TcpSocket.State.LISTEN)
 *         .mapToLong(UnixSocket::rxQueue)
 *         .sum();
 * }
 *
 * @param name the path bound to, or {@code @} and the abstract name; absent for one that is not
 *     bound
 * @param type stream, datagram or packets in sequence
 * @param state {@code LISTEN}, {@code ESTABLISHED} or {@code CLOSE}, for which the kernel uses the
 *     codes of TCP
 * @param txQueue bytes sent that the peer has not read, with what the kernel charges for them; 0
 *     for a listener
 * @param rxQueue bytes received and not yet read, of a datagram socket those of the first datagram;
 *     for a listener, connections not yet accepted
 * @param inode identity of the socket; also in {@code /proc/<pid>/fd}, see {@link ProcessSockets}
 * @param peer the inode of the socket connected to; absent for one that is not connected
 * @param detail granted backlog and memory
 */
@API(status = Status.EXPERIMENTAL, since = "0.1")
public record UnixSocket(
    Optional<String> name,
    Type type,
    TcpSocket.State state,
    long txQueue,
    long rxQueue,
    long inode,
    OptionalLong peer,
    SocketDetail detail) {

  /** How a unix socket carries data. */
  public enum Type {
    /** Bytes, SOCK_STREAM. */
    STREAM(1),
    /** Datagrams, SOCK_DGRAM. */
    DATAGRAM(2),
    /** Packets in sequence, SOCK_SEQPACKET. */
    SEQPACKET(5);

    private final int code;

    Type(int code) {
      this.code = code;
    }

    static Type of(String source, int code) {
      return Arrays.stream(values())
          .filter(type -> type.code == code)
          .findFirst()
          .orElseThrow(() -> ProbeException.inconsistent(source, "no type of unix: " + code));
    }
  }

  /**
   * Read the unix sockets of a network. Unlike those of TCP and UDP they cannot be read otherwise:
   * {@code net/unix} tells no queues.
   *
   * @param view whose network
   * @return the sockets, in the kernel's order
   * @throws ProbeException if sock_diag is refused
   */
  public static List<UnixSocket> read(NetworkView view) {
    return SocketDiag.unix(view);
  }
}
