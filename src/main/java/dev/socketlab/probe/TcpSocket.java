package dev.socketlab.probe;

import java.net.InetSocketAddress;

/**
 * State of one TCP socket: a line of {@code net/tcp} or {@code net/tcp6}.
 *
 * <p>For a listener {@code rxQueue} is the number of established connections that wait to be
 * accepted, and {@code txQueue} is always 0: its backlog is not in these tables, only in the answer
 * to a netlink query ({@code ss -tln} shows it as Send-Q). Verified on Linux 6.18.
 *
 * <pre>{@code
 * long waiting =
 *     TcpSockets.readListeners().listenerOn(port).orElseThrow().acceptQueueLength();
 * }</pre>
 *
 * @param local address and port bound to; the wildcard address when bound to all
 * @param remote address and port of the peer; all zero for a listener
 * @param state the state
 * @param txQueue bytes written and not yet acknowledged, a SYN or FIN counting as one ({@code
 *     tx_queue})
 * @param rxQueue bytes received and not yet read, a FIN counting as one; for a listener,
 *     connections not yet accepted ({@code rx_queue})
 * @param inode identity of the socket; 0 when no process holds it (waiting to be accepted, or
 *     closed)
 */
public record TcpSocket(
    InetSocketAddress local,
    InetSocketAddress remote,
    TcpState state,
    long txQueue,
    long rxQueue,
    long inode) {

  /**
   * Tell how many established connections a listener has that nobody has accepted yet.
   *
   * @return connections, at most the backlog plus one
   * @throws IllegalStateException if this is not a listener
   */
  public long acceptQueueLength() {
    if (state != TcpState.LISTEN) {
      throw new IllegalStateException("only a listener has an accept queue: state=" + state);
    }
    return rxQueue;
  }
}
