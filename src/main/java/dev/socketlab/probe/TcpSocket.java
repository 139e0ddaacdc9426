package dev.socketlab.probe;

import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.Optional;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;

/**
 * State of one TCP socket, as sock_diag tells it, or a line of {@code net/tcp} or {@code net/tcp6}
 * where that is refused; see {@link TcpSockets}.
 *
 * {@snippet :
 * TcpSocket listener = TcpSockets.readListeners().listenerOn(port).orElseThrow();
 * long waiting = listener.acceptQueueLength();
 * long granted = listener.detail().backlog().orElseThrow();
 * }
 *
 * @param local address and port bound to; the wildcard address when bound to all
 * @param remote address and port of the peer; all zero for a listener
 * @param state the state
 * @param txQueue bytes written and not yet acknowledged, a SYN or FIN counting as one; 0 for a
 *     listener
 * @param rxQueue bytes received and not yet read, a FIN counting as one; for a listener,
 *     connections not yet accepted
 * @param inode identity of the socket; 0 when no process holds it (waiting to be accepted, or
 *     closed)
 * @param detail what only sock_diag tells
 */
@API(status = Status.EXPERIMENTAL, since = "0.1")
public record TcpSocket(
    InetSocketAddress local,
    InetSocketAddress remote,
    State state,
    long txQueue,
    long rxQueue,
    long inode,
    SocketDetail detail) {

  /**
   * Tell how many established connections a listener has that nobody has accepted yet.
   *
   * @return connections, at most the granted backlog plus one
   * @throws IllegalStateException if this is not a listener
   */
  public long acceptQueueLength() {
    if (state != State.LISTEN) {
      throw new IllegalStateException("only a listener has an accept queue: state=" + state);
    }
    return rxQueue;
  }

  /**
   * State of a TCP socket, with the code that {@code net/tcp} shows in its column {@code st}.
   *
   * {@snippet :
   * long held =
   *     TcpSockets.read().onPort(port).stream()
   *         .filter(socket -> socket.state() == TcpSocket.State.TIME_WAIT)
   *         .count();
   * }
   */
  public enum State {
    /**
     * Connected, and neither side has closed (01). A connection waiting to be accepted is in this
     * state too.
     */
    ESTABLISHED(0x01),
    /** A SYN was sent and not yet answered (02). */
    SYN_SENT(0x02),
    /** A SYN was received and answered, the last acknowledgement is missing (03). */
    SYN_RECV(0x03),
    /** Closed here, the FIN is not yet acknowledged (04). */
    FIN_WAIT1(0x04),
    /** Closed here and acknowledged, the peer has not closed (05). */
    FIN_WAIT2(0x05),
    /** Closed on both sides, the port pair is still held (06). */
    TIME_WAIT(0x06),
    /** Not connected (07). */
    CLOSE(0x07),
    /** Closed by the peer, not here (08). */
    CLOSE_WAIT(0x08),
    /** Closed by the peer and then here, the last acknowledgement is missing (09). */
    LAST_ACK(0x09),
    /** Listening (0A). */
    LISTEN(0x0A),
    /** Closed on both sides at the same time (0B). */
    CLOSING(0x0B),
    /** A connection request, as the kernel keeps it internally (0C); the tables show it as 03. */
    NEW_SYN_RECV(0x0C);

    private final int code;

    State(int code) {
      this.code = code;
    }

    static State of(SocketRow row) {
      return of(row.state()).orElseThrow(() -> row.line().malformed("st from 01 to 0C"));
    }

    static State of(String source, int code) {
      return of(code)
          .orElseThrow(() -> ProbeException.inconsistent(source, "no state of TCP: " + code));
    }

    private static Optional<State> of(int code) {
      return Arrays.stream(values()).filter(state -> state.code == code).findFirst();
    }
  }
}
