package dev.socketlab.probe;

import java.util.Arrays;

/**
 * State of a TCP socket, with the code that {@code net/tcp} shows in its column {@code st}.
 *
 * <pre>{@code
 * long held =
 *     TcpSockets.read().onPort(port).stream()
 *         .filter(socket -> socket.state() == TcpState.TIME_WAIT)
 *         .count();
 * }</pre>
 */
public enum TcpState {
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

  TcpState(int code) {
    this.code = code;
  }

  static TcpState of(SocketRow row) {
    return Arrays.stream(values())
        .filter(state -> state.code == row.state())
        .findFirst()
        .orElseThrow(() -> row.line().malformed("st from 01 to 0C"));
  }
}
