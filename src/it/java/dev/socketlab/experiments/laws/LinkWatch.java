package dev.socketlab.experiments.laws;

import dev.socketlab.experiment.Lab;
import dev.socketlab.experiments.Patience;
import dev.socketlab.ledger.UdpLedger;
import dev.socketlab.network.LinkFault;
import dev.socketlab.network.NetworkHost;
import dev.socketlab.probe.IpVersion;
import dev.socketlab.probe.NetDevices;
import dev.socketlab.probe.ProtocolCounters;
import dev.socketlab.probe.UdpSocket;
import dev.socketlab.probe.UdpSockets;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What the kernels' counters of both hosts say about one burst. */
final class LinkWatch {

  private static final Duration SETTLE_AT_MOST = Duration.ofSeconds(2);

  private final NetworkHost peer;
  private final int port;
  private final ProtocolCounters hereBefore = ProtocolCounters.read();
  private final ProtocolCounters peerBefore;
  private final NetDevices.Device deviceBefore;
  private final long dropsBefore;

  LinkWatch(Lab lab, int port) throws Exception {
    this.peer = lab.peer();
    this.port = port;
    this.peerBefore = peer.call(ProtocolCounters::read);
    this.deviceBefore = device();
    this.dropsBefore = socket().drops();
  }

  /**
   * Waits until each datagram was dropped on the link or has been delivered: {@code InDelivers}
   * counts a datagram after it was put into its socket's queue.
   */
  void settle(long published, @Nullable LinkFault fault) {
    Patience.until(
        SETTLE_AT_MOST,
        Duration.ofMillis(2),
        () ->
            peerDeltas().value("Ip", "InDelivers") + (fault == null ? 0 : fault.dropped())
                >= published);
  }

  /** Enters what was counted; called after the subscriber has read everything. */
  void enterInto(UdpLedger.Builder ledger) throws Exception {
    ledger
        .socketDrops(socket().drops() - dropsBefore, "net/udp, drops of the subscriber's socket")
        .backlogDrops(
            device().since(deviceBefore).received().drop(), "net/dev, link0, receive drops")
        .protocolCounters(ProtocolCounters.read().since(hereBefore), peerDeltas(), IpVersion.V4);
  }

  private ProtocolCounters.Deltas peerDeltas() throws Exception {
    return peer.call(ProtocolCounters::read).since(peerBefore);
  }

  private NetDevices.Device device() throws Exception {
    return peer.call(NetDevices::read).device("link0");
  }

  private UdpSocket socket() throws Exception {
    return peer.call(() -> UdpSockets.read().onlyOnPort(port));
  }
}
