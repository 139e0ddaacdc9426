package dev.socketlab.probe;

import dev.socketlab.probe.internal.Counter;
import java.net.InetSocketAddress;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;

/**
 * State of one UDP socket, as sock_diag tells it, or a line of {@code net/udp} or {@code net/udp6}
 * where that is refused; see {@link UdpSockets}.
 *
 * <p>The kernel's receive queue is charged per datagram, not per byte of payload: {@link
 * UdpTruesize} measures the charge. What {@code rxQueueBytes} shows (verified on Linux 6.18) is the
 * charge of exactly the datagrams that are queued now; every read lowers it at once. What a new
 * datagram is <em>admitted</em> against can be more: the kernel returns the space of read datagrams
 * only when they amount to more than a quarter of the buffer or the queue is empty ({@code
 * forward_deficit}; {@code detail().memory("rmem_alloc")} includes it, {@code rxQueueBytes} does
 * not). A buffer that held 39 datagrams, of which 9 were read, shows 30 here and still drops the
 * next one; after the tenth read it takes 10.
 *
 * {@snippet :
 * UdpSocket before = UdpSockets.read().onlyOnPort(port);
 * burst.run();
 * long dropped = UdpSockets.read().onlyOnPort(port).dropsSince(before);
 * }
 *
 * @param local address and port bound to; the wildcard address when bound to all
 * @param remote address and port connected to; all zero when not connected
 * @param connected whether the socket is connected ({@code st} 01, else 07)
 * @param txQueueBytes charge of datagrams sent but not yet freed by the device ({@code tx_queue})
 * @param rxQueueBytes charge of the datagrams queued for reading ({@code rx_queue})
 * @param inode identity of the socket; also in {@code /proc/<pid>/fd}, see {@link ProcessSockets}
 * @param drops datagrams that arrived for this socket and were dropped by it, since it was opened:
 *     full buffer, but also a bad checksum or a socket filter's refusal; 32 bits wide, and gone
 *     when the socket is closed
 * @param detail what only sock_diag tells
 */
@API(status = Status.EXPERIMENTAL, since = "0.1")
public record UdpSocket(
    InetSocketAddress local,
    InetSocketAddress remote,
    boolean connected,
    long txQueueBytes,
    long rxQueueBytes,
    long inode,
    long drops,
    SocketDetail detail) {

  /**
   * Count the drops between two readings of this socket.
   *
   * @param before an earlier reading of the same socket
   * @return datagrams dropped in between
   * @throws ProbeException if the readings are of different sockets or the counter went backwards
   */
  public long dropsSince(UdpSocket before) {
    String source = "UDP socket on " + local;
    if (inode != before.inode) {
      throw ProbeException.inconsistent(
          source, "not the same socket: inode before=%d, after=%d".formatted(before.inode, inode));
    }
    return Counter.difference(source, "drops", before.drops, drops);
  }
}
