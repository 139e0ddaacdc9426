package dev.socketlab.ledger;

import dev.socketlab.probe.IpVersion;
import dev.socketlab.probe.ProtocolCounters;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;
import org.jspecify.annotations.Nullable;

/**
 * The ledger of one burst of UDP datagrams: where each published datagram went.
 *
 * <p>Equations, those over figures that were not given being left out or undetermined:
 *
 * <ul>
 *   <li>published = received + socket drops (+ backlog drops) (+ link drops) (+ queued at the
 *       close)
 *   <li>lost = interior gaps + head loss + tail loss, where lost is published − received
 *   <li>with protocol counters: RcvbufErrors = socket drops, InDatagrams = received, OutDatagrams =
 *       published; see {@link ProtocolCounters} for what and when the kernel counts there. They
 *       hold only in a private network in which nothing but the burst uses UDP, and only once the
 *       receiver has read all that was queued.
 * </ul>
 *
 * <p>Every figure is either given or declared absent with a reason; {@link Builder#build()} refuses
 * a ledger in which one was forgotten. All counts are datagrams.
 *
 * {@snippet :
 * UdpLedger ledger =
 *     UdpLedger.titled("burst")
 *         .published(1_000)
 *         .received(990)
 *         .socketDrops(10, "net/udp")
 *         .build();
 * assertThat(ledger).balance();
 * }
 */
@API(status = Status.EXPERIMENTAL, since = "0.1")
public final class UdpLedger {
  private static final String PUBLISHED = "published";
  private static final String RECEIVED = "received";
  private static final String LOST = "lost";
  private static final String SOCKET_DROPS = "socket drops";
  private static final String BACKLOG_DROPS = "backlog drops";
  private static final String LINK_DROPS = "link drops";
  private static final String QUEUED = "queued at the close";
  private static final String INTERIOR = "interior gaps";
  private static final String HEAD = "head loss";
  private static final String TAIL = "tail loss";

  private final long published;
  private final long received;
  private final Ledger ledger;

  private UdpLedger(long published, long received, Ledger ledger) {
    this.published = published;
    this.received = received;
    this.ledger = ledger;
  }

  /**
   * Open the ledger of a burst.
   *
   * @param title what they are about
   * @return an empty builder
   */
  public static Builder titled(String title) {
    return new Builder(title);
  }

  /**
   * Tell how many datagrams were lost: the authoritative loss.
   *
   * @return published − received; negative if more arrived than were sent, which no valid burst
   *     does
   */
  public long lost() {
    return published - received;
  }

  /**
   * Show the ledger.
   *
   * @return every account and equation
   */
  public Ledger ledger() {
    return ledger;
  }

  private record Figure(OptionalLong value, String origin) {}

  /** Collect the figures of a burst. Not for use by several threads. */
  public static final class Builder {
    private final String title;
    private @Nullable Long published;
    private @Nullable Long received;
    private @Nullable Figure socketDrops;
    private @Nullable Figure backlogDrops;
    private @Nullable Figure linkDrops;
    private @Nullable Figure queuedAtClose;
    private @Nullable Figure interiorGaps;
    private @Nullable Figure headLoss;
    private @Nullable Figure tailLoss;
    private ProtocolCounters.@Nullable Deltas sending;
    private ProtocolCounters.@Nullable Deltas receiving;
    private String protocolGroup = "Udp";

    private Builder(String title) {
      this.title = title;
    }

    /**
     * Enter what the publisher sent.
     *
     * @param datagrams sends that succeeded
     * @return this builder
     */
    public Builder published(long datagrams) {
      published = checked(PUBLISHED, datagrams);
      return this;
    }

    /**
     * Enter what the subscriber read.
     *
     * @param datagrams datagrams read until its socket was empty
     * @return this builder
     */
    public Builder received(long datagrams) {
      received = checked(RECEIVED, datagrams);
      return this;
    }

    /**
     * Enter the drops of the receiving socket.
     *
     * @param datagrams difference of the socket's drop counter, read before it was closed
     * @param origin where the figure came from, for instance {@code net/udp drops}
     * @return this builder
     */
    public Builder socketDrops(long datagrams, String origin) {
      socketDrops = new Figure(OptionalLong.of(checked(SOCKET_DROPS, datagrams)), origin);
      return this;
    }

    /**
     * Declare that the drops of the socket are not known; the main equation is then undetermined.
     *
     * @param reason why, for instance that this system has no such counter
     * @return this builder
     */
    public Builder socketDropsAbsent(String reason) {
      socketDrops = new Figure(OptionalLong.empty(), reason);
      return this;
    }

    /**
     * Enter the packets that full backlogs dropped on their way through the loopback device.
     *
     * @param datagrams difference of {@code lo}'s receive drop; exact only in a private network
     * @param origin where the figure came from, for instance {@code net/dev lo rx drop}
     * @return this builder
     */
    public Builder backlogDrops(long datagrams, String origin) {
      backlogDrops = new Figure(OptionalLong.of(checked(BACKLOG_DROPS, datagrams)), origin);
      return this;
    }

    /**
     * Declare that backlog drops are not known; the main equation is then stated without them, so
     * that any such drop shows as an imbalance.
     *
     * @param reason why, for instance that the network is shared
     * @return this builder
     */
    public Builder backlogDropsAbsent(String reason) {
      backlogDrops = new Figure(OptionalLong.empty(), reason);
      return this;
    }

    /**
     * Enter what a fault on the link between two hosts dropped; may be left out where there is
     * none.
     *
     * @param datagrams the fault's own count
     * @param origin where the figure came from, for instance {@code nft counter}
     * @return this builder
     */
    public Builder linkDrops(long datagrams, String origin) {
      linkDrops = new Figure(OptionalLong.of(checked(LINK_DROPS, datagrams)), origin);
      return this;
    }

    /**
     * Enter what was in the receive queue when the receiving socket was closed, which moves no
     * counter of the kernel; may be left out where it was read empty before.
     *
     * @param datagrams those that nobody had read
     * @param origin where the figure came from, for instance {@code rx_queue / truesize}
     * @return this builder
     */
    public Builder queuedAtClose(long datagrams, String origin) {
      queuedAtClose = new Figure(OptionalLong.of(checked(QUEUED, datagrams)), origin);
      return this;
    }

    /**
     * Declare that something may have been queued when the socket was closed, and that it is not
     * known how much; the main equation is then undetermined.
     *
     * @param reason why, for instance that the queue held datagrams of several sizes
     * @return this builder
     */
    public Builder queuedAtCloseAbsent(String reason) {
      queuedAtClose = new Figure(OptionalLong.empty(), reason);
      return this;
    }

    /**
     * Enter the losses that the subscriber found in the sequence numbers.
     *
     * @param interior missing between the first and the last datagram received
     * @param head missing before the first
     * @param tail missing after the last
     * @return this builder
     */
    public Builder gaps(long interior, long head, long tail) {
      interiorGaps = sequence(INTERIOR, interior);
      headLoss = sequence(HEAD, head);
      tailLoss = sequence(TAIL, tail);
      return this;
    }

    /**
     * Declare that the datagrams carry no sequence numbers; the second equation is then left out.
     *
     * @return this builder
     */
    public Builder withoutSequenceNumbers() {
      Figure none = new Figure(OptionalLong.empty(), "the datagrams carry no sequence numbers");
      interiorGaps = none;
      headLoss = none;
      tailLoss = none;
      return this;
    }

    /**
     * Enter the protocol-wide counters of a private network.
     *
     * @param deltas counted from before the first send to after the last read
     * @param version {@link IpVersion#V4} for the group {@code Udp}, {@link IpVersion#V6} for
     *     {@code Udp6}: the version of the traffic, not of the socket
     * @return this builder
     */
    public Builder protocolCounters(ProtocolCounters.Deltas deltas, IpVersion version) {
      return protocolCounters(deltas, deltas, version);
    }

    /**
     * Enter the protocol-wide counters of two hosts.
     *
     * @param publisher what the publisher's host counted, from before the first send
     * @param subscriber what the subscriber's host counted, to after the last read
     * @param version as above
     * @return this builder
     */
    public Builder protocolCounters(
        ProtocolCounters.Deltas publisher, ProtocolCounters.Deltas subscriber, IpVersion version) {
      sending = publisher;
      receiving = subscriber;
      protocolGroup = version == IpVersion.V4 ? "Udp" : "Udp6";
      return this;
    }

    private static Figure sequence(String account, long datagrams) {
      return new Figure(OptionalLong.of(checked(account, datagrams)), "sequence numbers");
    }

    private static long checked(String account, long datagrams) {
      if (datagrams < 0) {
        throw new IllegalArgumentException(
            "a count of datagrams is negative: account=%s, value=%d".formatted(account, datagrams));
      }
      return datagrams;
    }

    /**
     * Close the ledger.
     *
     * @return the ledger
     * @throws IllegalStateException if a figure was neither given nor declared absent; the protocol
     *     counters may be left out
     */
    public UdpLedger build() {
      long sent = given(PUBLISHED, published);
      long read = given(RECEIVED, received);
      Figure backlog = given(BACKLOG_DROPS, backlogDrops);
      Figure interior = given(INTERIOR, interiorGaps);
      Ledger.Builder ledger =
          Ledger.titled(title)
              .account(PUBLISHED, sent, "publisher: sends that succeeded")
              .account(RECEIVED, read, "subscriber: datagrams read")
              .account(LOST, sent - read, "published - received");
      enter(ledger, SOCKET_DROPS, given(SOCKET_DROPS, socketDrops));
      enter(ledger, BACKLOG_DROPS, backlog);
      enter(ledger, INTERIOR, interior);
      enter(ledger, HEAD, given(HEAD, headLoss));
      enter(ledger, TAIL, given(TAIL, tailLoss));
      List<String> terms = new ArrayList<>(List.of(RECEIVED, SOCKET_DROPS));
      if (backlog.value().isPresent()) {
        terms.add(BACKLOG_DROPS);
      }
      if (linkDrops != null) {
        enter(ledger, LINK_DROPS, linkDrops);
        terms.add(LINK_DROPS);
      }
      if (queuedAtClose != null) {
        enter(ledger, QUEUED, queuedAtClose);
        terms.add(QUEUED);
      }
      ledger.equation("every datagram is accounted for", PUBLISHED, terms.toArray(String[]::new));
      if (interior.value().isPresent()) {
        ledger.equation("every loss shows as a gap", LOST, INTERIOR, HEAD, TAIL);
      }
      if (sending != null && receiving != null) {
        addProtocol(ledger, sending, receiving);
      }
      return new UdpLedger(sent, read, ledger.build());
    }

    private void addProtocol(
        Ledger.Builder ledger,
        ProtocolCounters.Deltas publisher,
        ProtocolCounters.Deltas subscriber) {
      ledger
          .counter(subscriber, protocolGroup, "RcvbufErrors")
          .counter(subscriber, protocolGroup, "InDatagrams")
          .counter(publisher, protocolGroup, "OutDatagrams")
          .equation("the protocol counts the socket's drops", "RcvbufErrors", SOCKET_DROPS)
          .equation("the protocol counts each read", "InDatagrams", RECEIVED)
          .equation("the protocol counts each send", "OutDatagrams", PUBLISHED);
    }

    private static void enter(Ledger.Builder ledger, String account, Figure figure) {
      ledger.account(account, figure.value(), figure.origin());
    }

    private static <T> T given(String account, @Nullable T figure) {
      if (figure == null) {
        throw new IllegalStateException(
            "the ledger needs a figure, or a reason for its absence: account=" + account);
      }
      return figure;
    }
  }
}
