package dev.socketlab.experiments.stress;

import dev.socketlab.experiments.Patience;
import dev.socketlab.experiments.stress.Burst.Mode;
import dev.socketlab.gate.Os;
import dev.socketlab.ledger.UdpLedger;
import dev.socketlab.probe.IpVersion;
import dev.socketlab.probe.NetDevices;
import dev.socketlab.probe.NetworkView;
import dev.socketlab.probe.ProtocolCounters;
import dev.socketlab.probe.UdpSocket;
import dev.socketlab.probe.UdpSockets;
import java.time.Duration;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Watches one UDP socket of another process through the kernel's tables. The drop count dies with
 * the socket, so it is read before the subscriber may end. Where there are no such tables (macOS),
 * everything that it would know is absent.
 */
final class SocketWatch {

  private static final Duration POLL = Duration.ofMillis(2);
  private static final Duration SETTLE_AT_MOST = Duration.ofSeconds(2);

  /** The classic rule for "nothing comes any more": three idle waits of 200 ms. */
  private static final Duration QUIET = Duration.ofMillis(600);

  private final int port;
  private final boolean readable = Os.current() == Os.LINUX;
  private final @Nullable ProtocolCounters countersBefore;
  private final NetDevices.@Nullable Device loopbackBefore;
  private final long truesizeBytes;
  private @Nullable UdpSocket socket;
  private long peakQueuedBytes;

  /**
   * Starts to watch, before anything is sent.
   *
   * @param port the socket's port
   * @param truesizeBytes what the kernel charges for one datagram; 0 where unknown
   * @param privateNetwork whether protocol-wide counters count this experiment alone
   */
  SocketWatch(int port, long truesizeBytes, boolean privateNetwork) {
    this.port = port;
    this.truesizeBytes = truesizeBytes;
    countersBefore = privateNetwork ? ProtocolCounters.read() : null;
    loopbackBefore = privateNetwork ? NetDevices.read().device("lo") : null;
    look();
  }

  /** Whether the kernel's tables can be read here. */
  boolean isReadable() {
    return readable;
  }

  /** Reads the socket's line and remembers the fullest queue. */
  void look() {
    if (readable) {
      UdpSocket seen =
          UdpSockets.read(NetworkView.ofCallingThread(), IpVersion.V4).onlyOnPort(port);
      peakQueuedBytes = Math.max(peakQueuedBytes, seen.rxQueueBytes());
      socket = seen;
    }
  }

  /**
   * Waits until every datagram that was published has been queued, read or dropped, or, where that
   * cannot be known, until the socket's line has been still for as long as the classic rule asks.
   * Whether the burst is then accounted for is judged by the ledger.
   */
  void settle(Mode mode, long published) {
    if (!readable) {
      return;
    }
    boolean blind = countersBefore == null && mode == Mode.RACE;
    if (!Patience.until(blind ? QUIET : SETTLE_AT_MOST, POLL, () -> isSettled(mode, published))) {
      look();
    }
  }

  private boolean isSettled(Mode mode, long published) {
    look();
    UdpSocket seen = socket;
    if (seen == null || (mode == Mode.RACE && seen.rxQueueBytes() > 0)) {
      return false;
    }
    if (mode == Mode.STALLED) {
      return truesizeBytes > 0
          && seen.rxQueueBytes() / truesizeBytes + seen.drops() + backlogDrops().orElse(0)
              == published;
    }
    ProtocolCounters.Deltas deltas = deltas();
    return deltas != null
        && deltas.value("Udp", "InDatagrams") + seen.drops() + backlogDrops().orElse(0)
            == published;
  }

  OptionalLong drops() {
    return socket == null ? OptionalLong.empty() : OptionalLong.of(socket.drops());
  }

  OptionalLong peakQueuedBytes() {
    return readable ? OptionalLong.of(peakQueuedBytes) : OptionalLong.empty();
  }

  /** Enters what the kernel counted; called after the subscriber has read everything. */
  void enterInto(UdpLedger.Builder ledger) {
    drops()
        .ifPresentOrElse(
            drops -> ledger.socketDrops(drops, "net/udp, drops of the subscriber's socket"),
            () -> ledger.socketDropsAbsent("this system has no table of drops for each socket"));
    backlogDrops()
        .ifPresentOrElse(
            drops -> ledger.backlogDrops(drops, "net/dev, lo, receive drops"),
            () -> ledger.backlogDropsAbsent("the host's loopback is shared with others"));
    ProtocolCounters.Deltas deltas = deltas();
    if (deltas != null) {
      ledger.protocolCounters(deltas, IpVersion.V4);
    }
  }

  private ProtocolCounters.@Nullable Deltas deltas() {
    return countersBefore == null ? null : ProtocolCounters.read().since(countersBefore);
  }

  private OptionalLong backlogDrops() {
    return loopbackBefore == null
        ? OptionalLong.empty()
        : OptionalLong.of(NetDevices.read().device("lo").since(loopbackBefore).received().drop());
  }
}
