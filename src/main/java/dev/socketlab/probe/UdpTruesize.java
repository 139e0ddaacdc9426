package dev.socketlab.probe;

import dev.socketlab.internal.os.TimeOut;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.time.Duration;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;

/**
 * What the kernel charges a receive buffer for one queued datagram: not its payload, but the memory
 * that holds it ("truesize"), which grows in steps with the payload.
 *
 * <p>Measured on Linux 6.18, x86-64, over loopback: 832 bytes up to a payload of 100 bytes and
 * more, 1280 at 300, 2304 at 700 to 1400, 4352 at 2000, 8448 at 4000, 16640 at 9000. It depends on
 * kernel and device: calibrate, never assume.
 *
 * {@snippet :
 * long datagrams = UdpTruesize.measure(64).retainedBy(212_992);
 * }
 *
 * @param payloadBytes size of the datagrams measured
 * @param bytesPerDatagram the charge of each
 * @param datagrams how many were measured, all with the same charge
 */
@API(status = Status.EXPERIMENTAL, since = "0.1")
public record UdpTruesize(int payloadBytes, long bytesPerDatagram, int datagrams) {
  private static final int DATAGRAMS = 3;
  private static final Duration ARRIVAL = Duration.ofSeconds(1);

  /** Check that there is a charge to divide by. */
  public UdpTruesize {
    if (bytesPerDatagram <= 0) {
      throw new IllegalArgumentException("bytesPerDatagram must be > 0: " + bytesPerDatagram);
    }
  }

  /**
   * Measure the charge in the calling thread's network: send a few datagrams, one by one, to an
   * IPv4 loopback socket that does not read, and watch its {@code rx_queue} in {@code net/udp} grow
   * by the same amount each time.
   *
   * @param payloadBytes size of the datagrams, 0 to 65507; three of them must fit into a default
   *     buffer ({@code net.core.rmem_default})
   * @return the charge
   * @throws ProbeException if the sockets cannot be used, a datagram is dropped or does not arrive
   *     within 1 s on a usual machine, or the charges differ
   */
  public static UdpTruesize measure(int payloadBytes) {
    try (DatagramChannel receiver = DatagramChannel.open(StandardProtocolFamily.INET);
        DatagramChannel sender = DatagramChannel.open(StandardProtocolFamily.INET)) {
      receiver.bind(new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), 0));
      sender.connect(receiver.getLocalAddress());
      int port = ((InetSocketAddress) receiver.getLocalAddress()).getPort();
      long charge = 0;
      long queued = 0;
      for (int i = 0; i < DATAGRAMS; i++) {
        sender.write(ByteBuffer.allocate(payloadBytes));
        long increase = awaitMoreThan(queued, port) - queued;
        if (i > 0 && increase != charge) {
          throw ProbeException.inconsistent(
              "rx_queue of " + receiver.getLocalAddress(),
              "datagrams of one size are charged differently: payloadBytes=%d, first=%d, then=%d"
                  .formatted(payloadBytes, charge, increase));
        }
        charge = increase;
        queued += increase;
      }
      return new UdpTruesize(payloadBytes, charge, DATAGRAMS);
    } catch (IOException e) {
      throw ProbeException.unreadable("loopback datagrams of " + payloadBytes + " bytes", e);
    }
  }

  private static long awaitMoreThan(long queuedBytes, int port) {
    NetworkView view = NetworkView.ofCallingThread();
    long start = System.nanoTime();
    while (true) {
      UdpSocket socket = UdpSockets.read(view, IpVersion.V4).onlyOnPort(port);
      if (socket.drops() > 0) {
        throw ProbeException.inconsistent(
            "net/udp, port " + port, "the default buffer is too small to calibrate: " + socket);
      }
      if (socket.rxQueueBytes() > queuedBytes) {
        return socket.rxQueueBytes();
      }
      if (System.nanoTime() - start > TimeOut.scaled(ARRIVAL).toNanos()) {
        throw ProbeException.inconsistent(
            "net/udp, port " + port, "a datagram did not arrive within " + ARRIVAL + ": " + socket);
      }
      Thread.onSpinWait();
    }
  }

  /**
   * Predict how many datagrams of this size a stalled receiver retains.
   *
   * @param grantedBytes size of its buffer as the kernel counts it, which is twice what {@code
   *     SO_RCVBUF} reads in Java
   * @return datagrams: as many as fit whole, but at least one, because an empty buffer admits any
   *     datagram; exact on Linux 6.18, one more on kernels before about 6.15
   */
  public long retainedBy(long grantedBytes) {
    return Math.max(1, grantedBytes / bytesPerDatagram);
  }
}
