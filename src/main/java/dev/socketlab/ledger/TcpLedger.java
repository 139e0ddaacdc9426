package dev.socketlab.ledger;

import dev.socketlab.probe.ProtocolCounters;
import java.util.Collections;
import java.util.OptionalLong;
import java.util.SortedMap;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;
import org.jspecify.annotations.Nullable;

/**
 * The ledger of TCP sessions between a driver and a server in one private network: each session
 * that was completed is one connection opened and one accepted, nothing was refused, dropped or
 * reset, and every segment sent has arrived.
 *
 * {@snippet :
 * ProtocolCounters before = ProtocolCounters.read();
 * long completed = drive(server);
 * TcpLedger ledger =
 *     TcpLedger.titled("16 clients")
 *         .completed(completed)
 *         .counters(ProtocolCounters.settledSince(before))
 *         .build();
 * assertThat(ledger).balance();
 * }
 *
 * <p>What each counter counts, verified on Linux 6.1, 6.12 and 6.18 in a network of its own:
 *
 * <ul>
 *   <li>{@code ActiveOpens} a {@code connect}, also one that fails; {@code PassiveOpens} a
 *       handshake that a listener completed, also one that no program accepts.
 *   <li>A session costs nothing else, whichever side sends its FIN first, also when the client
 *       half-closes and reads to the end.
 *   <li>{@code ListenOverflows} and {@code ListenDrops} each SYN that a full accept queue dropped,
 *       a repeated one too; the SYN is repeated after a second and counts in {@code RetransSegs},
 *       which {@code OutSegs} does not include.
 *   <li>A {@code close} with unread data, or with a linger time of 0, sends a reset: one {@code
 *       OutRsts}, and one {@code EstabResets} at each end that was still open. Java sends a FIN
 *       before it closes, which the linger time of 0 prevents; so two with it, and one (the peer's)
 *       for unread data. {@code TCPAbortOnClose} counts the first kind of close, {@code
 *       TCPAbortOnData} the second, and data that arrives after a close.
 *   <li>{@code RetransSegs} a segment sent again, which need not have been lost: where a machine
 *       stands still for longer than a retransmission timer runs (200 ms at least, or two round
 *       trips for a tail loss probe), it fires before the answer that is there has been looked at.
 *       So it is no fault, and no number is asserted of it. What is lost shows in another equation:
 *       both ends are in this network, so {@code InSegs} is {@code OutSegs} and {@code RetransSegs}
 *       together, at any speed, and less where a segment was dropped on the way. What is dropped at
 *       its socket has accounts of its own. ({@code InSegs} counts a packet, {@code OutSegs} the
 *       segments of it: equal as long as one write is at most one segment, 65,483 bytes on the
 *       loopback device.)
 *   <li>{@code OutRsts} moves without any of these, too, so nothing is asserted of it: each
 *       processor has a queue of its own for the loopback device, a segment in one may be overtaken
 *       by a later one in another, and an acknowledgement that arrives when its connection has
 *       ended in order is answered by a reset, which nobody notices.
 *   <li>A {@code connect} to a port without a listener: one {@code AttemptFails}, one {@code
 *       OutRsts}.
 *   <li>{@code TCPReqQFullDrop} and {@code TCPReqQFullDoCookies} a SYN that found the queue of
 *       unfinished handshakes full, without and with SYN cookies.
 * </ul>
 *
 * <p>{@code ActiveOpens} moves when the client connects, the others when the segment arrives, and
 * the last segments of a session are on their way when its two ends have seen its end: {@link
 * ProtocolCounters#settledSince} waits for them. All counts are connections, SYNs or segments.
 */
@API(status = Status.EXPERIMENTAL, since = "0.1")
public final class TcpLedger {
  private static final String COMPLETED = "completed";
  private static final String ACCEPTED = "accepted";

  private final Ledger ledger;
  private final SortedMap<String, Long> moved;

  private TcpLedger(Ledger ledger, SortedMap<String, Long> moved) {
    this.ledger = ledger;
    this.moved = moved;
  }

  /**
   * Open the ledger of some sessions.
   *
   * @param title what they are about
   * @return an empty builder
   */
  public static Builder titled(String title) {
    return new Builder(title);
  }

  /**
   * Show the ledger.
   *
   * @return every account and equation
   */
  public Ledger ledger() {
    return ledger;
  }

  /**
   * List every counter that moved, also those without an account: where the ledger is off, the
   * reason is often among them.
   *
   * @return {@code TcpExt.TCPAbortOnClose} and the like to events; empty where the counters are
   *     absent
   */
  public SortedMap<String, Long> moved() {
    return moved;
  }

  /** Collect the figures. Not for use by several threads. */
  public static final class Builder {
    private final String title;
    private OptionalLong completed = OptionalLong.empty();
    private OptionalLong accepted = OptionalLong.empty();
    private ProtocolCounters.@Nullable Deltas protocol;
    private @Nullable String absent;

    private Builder(String title) {
      this.title = title;
    }

    /**
     * Enter how many sessions the driver completed.
     *
     * @param sessions one connection each
     * @return this builder
     */
    public Builder completed(long sessions) {
      completed = OptionalLong.of(checked(COMPLETED, sessions));
      return this;
    }

    /**
     * Enter how many connections the server says that it accepted; may be left out.
     *
     * @param connections the server's own count
     * @return this builder
     */
    public Builder accepted(long connections) {
      accepted = OptionalLong.of(checked(ACCEPTED, connections));
      return this;
    }

    /**
     * Enter the protocol-wide counters of a private network.
     *
     * @param deltas counted from before the first connect to after the last session
     * @return this builder
     */
    public Builder counters(ProtocolCounters.Deltas deltas) {
      protocol = deltas;
      return this;
    }

    /**
     * Declare that the counters are not known; the ledger is then undetermined.
     *
     * @param reason why, for instance that the network is shared
     * @return this builder
     */
    public Builder countersAbsent(String reason) {
      absent = reason;
      return this;
    }

    private static long checked(String account, long value) {
      if (value < 0) {
        throw new IllegalArgumentException(
            "a count is negative: account=%s, value=%d".formatted(account, value));
      }
      return value;
    }

    /**
     * Close the ledger.
     *
     * @return the ledger
     * @throws IllegalStateException if the sessions, or both the counters and a reason for their
     *     absence, are missing
     */
    public TcpLedger build() {
      if (completed.isEmpty() || (protocol == null && absent == null)) {
        throw new IllegalStateException(
            "the ledger needs the completed sessions, and the counters or a reason for their absence:"
                + " title="
                + title);
      }
      Ledger.Builder ledger =
          Ledger.titled(title).account(COMPLETED, completed, "driver: sessions completed");
      for (TcpAccount account : TcpAccount.values()) {
        enter(ledger, account);
      }
      ledger
          .equation("each session opens one connection", "ActiveOpens", COMPLETED)
          .equation("each connection reaches the listener", "PassiveOpens", COMPLETED)
          .equation("every segment sent arrives", "InSegs", "OutSegs", "RetransSegs");
      if (accepted.isPresent()) {
        ledger
            .account(ACCEPTED, accepted, "server: connections accepted")
            .equation("the server accepts each connection", ACCEPTED, COMPLETED);
      }
      for (TcpAccount account : TcpAccount.values()) {
        account.mustBeZero().ifPresent(law -> ledger.expect(law, account.counter(), 0));
      }
      return new TcpLedger(
          ledger.build(), protocol == null ? Collections.emptySortedMap() : protocol.nonZero());
    }

    private void enter(Ledger.Builder ledger, TcpAccount account) {
      if (protocol != null) {
        ledger.counter(protocol, account.group(), account.counter());
      } else {
        ledger.account(account.counter(), OptionalLong.empty(), String.valueOf(absent));
      }
    }
  }
}
