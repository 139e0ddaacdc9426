package dev.socketlab.script;

import dev.socketlab.ledger.UdpLedger;
import dev.socketlab.probe.UdpSocket;
import dev.socketlab.probe.UdpTruesize;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.ToLongFunction;
import java.util.stream.LongStream;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;

/**
 * Numbered UDP datagrams from several sources, in bursts, and what became of them. Each flow is a
 * socket with a port of its own, and numbers its datagrams from 1 on. What arrived is told by
 * whoever received it: the test, or the subject's own report. For use by one thread.
 *
 * <p>A datagram begins with its flow (4 bytes) and number (8 bytes), both big-endian; zeros fill it
 * up. For a server with a format of its own, {@link #content} says what is in it, and {@link
 * #arrived(int, long)} what arrived.
 *
 * {@snippet :
 * ScriptedDatagrams receiver = lab.script().datagramsOn(new InetSocketAddress("127.0.0.1", 0));
 * DatagramFlows flows = lab.script().flowsTo(receiver.address(), 8).sizes(200).bursts(50);
 * flows.send(1_000);
 * receiver.readQueued().forEach(flows::arrived);
 * List<Long> missing = flows.account(0).missing();
 * }
 */
@API(status = Status.EXPERIMENTAL, since = "0.1")
public final class DatagramFlows implements AutoCloseable {
  private static final int HEAD = Integer.BYTES + Long.BYTES;
  private static final int LONGEST = 65_507;
  private static final int USUAL_SIZE = 64;

  private final List<Flow> flows = new ArrayList<>();
  private final SortedSet<Integer> sizesSent = new TreeSet<>();
  private final Patience patience;
  private List<Integer> sizes = List.of(USUAL_SIZE);
  private Content content = DatagramFlows::numbered;
  private int burst = 1;
  private Duration pause = Duration.ZERO;
  private int bursts;

  DatagramFlows(List<ScriptedDatagrams> sockets, Patience patience) {
    this.patience = patience;
    sockets.forEach(socket -> flows.add(new Flow(flows.size(), socket)));
  }

  /** What is in a datagram, for a server that has a format of its own. */
  @FunctionalInterface
  public interface Content {

    /**
     * Makes the bytes of one datagram.
     *
     * @param flow its flow, from 0 on
     * @param number its number in the flow, from 1 on
     * @param size of {@link DatagramFlows#sizes}, which it need not have
     * @return the bytes
     */
    byte[] of(int flow, long number, int size);
  }

  /** One source, and what is known of its datagrams. */
  private static final class Flow {
    private final int number;
    private final ScriptedDatagrams socket;
    private final BitSet sent = new BitSet();
    private final BitSet received = new BitSet();
    private final List<Long> duplicated = new ArrayList<>();
    private final List<Long> outOfOrder = new ArrayList<>();
    private int last;

    private Flow(int number, ScriptedDatagrams socket) {
      this.number = number;
      this.socket = socket;
    }

    private void arrived(long sequence) {
      if (sequence < 1 || sequence > last || !sent.get((int) sequence)) {
        throw new IllegalArgumentException(
            "number=%d of flow %d was never sent; %s".formatted(sequence, number, socket));
      }
      int index = (int) sequence;
      if (received.get(index)) {
        duplicated.add(sequence);
      } else if (index < received.length()) {
        outOfOrder.add(sequence);
      }
      received.set(index);
    }

    private Account account() {
      BitSet missing = (BitSet) sent.clone();
      missing.andNot(received);
      return new Account(
          number,
          socket.address(),
          socket.sent(),
          socket.refused(),
          received.cardinality() + duplicated.size(),
          missing.stream().mapToObj(Long::valueOf).toList(),
          duplicated,
          outOfOrder);
    }

    /** Of nothing received, all is missing after it, as the ledger has it. */
    private long missing(boolean head, boolean tail) {
      int first = received.isEmpty() ? 0 : received.nextSetBit(0);
      int end = received.length();
      return account().missing().stream()
          .filter(n -> n < first ? head : n >= end ? tail : !head && !tail)
          .count();
    }
  }

  /**
   * What became of the datagrams of one flow.
   *
   * @param flow from 0 on
   * @param from the address that its datagrams come from
   * @param sent datagrams that the kernel took
   * @param refused datagrams that were not sent, because the kernel said instead that nobody had
   *     been there for an earlier one ({@code ECONNREFUSED})
   * @param received datagrams that arrived, duplicates included
   * @param missing numbers that were sent and have not arrived, ascending
   * @param duplicated numbers that have arrived again, as often as they did
   * @param outOfOrder numbers that arrived, for the first time, after a higher one
   */
  public record Account(
      int flow,
      InetSocketAddress from,
      long sent,
      long refused,
      long received,
      List<Long> missing,
      List<Long> duplicated,
      List<Long> outOfOrder) {

    @SuppressWarnings("doclint:missing")
    public Account {
      missing = List.copyOf(missing);
      duplicated = List.copyOf(duplicated);
      outOfOrder = List.copyOf(outOfOrder);
    }

    /** In one line, the numbers as ranges. */
    @Override
    public String toString() {
      return "flow %d from %s: %d sent, %d refused, %d received, missing %s, duplicated %s, out of order %s"
          .formatted(
              flow,
              from,
              sent,
              refused,
              received,
              ranges(missing),
              ranges(duplicated),
              ranges(outOfOrder));
    }

    private static String ranges(List<Long> numbers) {
      StringBuilder text = new StringBuilder("[");
      for (int i = 0; i < numbers.size(); i++) {
        int end = i;
        while (end + 1 < numbers.size() && numbers.get(end + 1) == numbers.get(end) + 1) {
          end++;
        }
        text.append(i == 0 ? "" : ", ").append(numbers.get(i));
        if (end > i) {
          text.append('-').append(numbers.get(end));
        }
        i = end;
      }
      return text.append(']').toString();
    }
  }

  /**
   * Sets how long datagrams are, 64 bytes by default.
   *
   * @param bytes one size, or several which each flow takes in turn; from 12 to 65507
   * @return this
   * @throws IllegalArgumentException if there is none, or one is out of range
   */
  public DatagramFlows sizes(int... bytes) {
    List<Integer> given = new ArrayList<>();
    for (int size : bytes) {
      if (size < HEAD || size > LONGEST) {
        throw new IllegalArgumentException(
            "bytes: %d must be from %d, for flow and number, to %d".formatted(size, HEAD, LONGEST));
      }
      given.add(size);
    }
    if (given.isEmpty()) {
      throw new IllegalArgumentException("bytes: give at least one size");
    }
    sizes = List.copyOf(given);
    return this;
  }

  /**
   * Sets how many datagrams one flow sends in a row, before the next flow sends; 1 by default.
   *
   * @param datagrams of one burst, at least 1
   * @return this
   */
  public DatagramFlows bursts(int datagrams) {
    return bursts(datagrams, Duration.ZERO);
  }

  /**
   * Sets the same, and how long to wait between two bursts.
   *
   * @param datagrams of one burst, at least 1
   * @param between how long, at least; none by default
   * @return this
   */
  public DatagramFlows bursts(int datagrams, Duration between) {
    if (datagrams < 1 || between.isNegative()) {
      throw new IllegalArgumentException(
          "datagrams=%d must be at least 1, between=%s at least 0".formatted(datagrams, between));
    }
    burst = datagrams;
    pause = between;
    return this;
  }

  /**
   * Sets what is in the datagrams, in place of flow, number and zeros.
   *
   * @param makes the bytes of each
   * @return this
   */
  public DatagramFlows content(Content makes) {
    content = makes;
    return this;
  }

  /**
   * Sends datagrams: a burst of the first flow, one of the next, and so on; the last one may be
   * shorter. A later call goes on with the next flow. A datagram that is refused counts: it is
   * {@link Account#refused}, and has no number.
   *
   * @param datagrams how many of all flows together, at least 0
   * @return this
   * @throws ScriptException if the kernel refuses one for another reason, such as its size, or does
   *     not take it in time
   */
  public DatagramFlows send(int datagrams) {
    int left = datagrams;
    while (left > 0) {
      if (bursts > 0) {
        patience.pause(pause.toNanos());
      }
      Flow flow = flows.get(bursts++ % flows.size());
      for (int i = 0; i < burst && left > 0; i++, left--) {
        send(flow);
      }
    }
    return this;
  }

  private void send(Flow flow) {
    int number = flow.last + 1;
    byte[] bytes = content.of(flow.number, number, sizes.get(flow.last % sizes.size()));
    if (flow.socket.send(bytes)) {
      flow.sent.set(number);
      flow.last = number;
      sizesSent.add(bytes.length);
    }
  }

  private static byte[] numbered(int flow, long number, int size) {
    return ByteBuffer.allocate(size).putInt(flow).putLong(number).array();
  }

  /**
   * Tells which flow a datagram is of, for a subject that reports what it received.
   *
   * @param datagram with the content that flows have by default
   * @return the flow, from 0 on
   * @throws IllegalArgumentException if it is too short
   */
  public static int flowOf(byte[] datagram) {
    return head(datagram).getInt(0);
  }

  /**
   * Tells the number of a datagram in its flow.
   *
   * @param datagram with the content that flows have by default
   * @return the number, from 1 on
   * @throws IllegalArgumentException if it is too short
   */
  public static long numberOf(byte[] datagram) {
    return head(datagram).getLong(Integer.BYTES);
  }

  private static ByteBuffer head(byte[] datagram) {
    if (datagram.length < HEAD) {
      throw new IllegalArgumentException(
          "datagram of %d bytes has no flow and number, which are %d bytes"
              .formatted(datagram.length, HEAD));
    }
    return ByteBuffer.wrap(datagram);
  }

  /**
   * Enters that a datagram has arrived.
   *
   * @param datagram with the content that flows have by default
   * @throws IllegalArgumentException if no flow has sent it
   */
  public void arrived(byte[] datagram) {
    arrived(flowOf(datagram), numberOf(datagram));
  }

  /**
   * Enters that a datagram has arrived.
   *
   * @param flow its flow
   * @param number its number in the flow
   * @throws IllegalArgumentException if no flow has sent it
   */
  public void arrived(int flow, long number) {
    flow(flow).arrived(number);
  }

  private Flow flow(int flow) {
    if (flow < 0 || flow >= flows.size()) {
      throw new IllegalArgumentException(
          "flow=%d is none of the flows 0 to %d".formatted(flow, flows.size() - 1));
    }
    return flows.get(flow);
  }

  /**
   * Tells what became of the datagrams of one flow.
   *
   * @param flow from 0 on
   * @return what was sent, and has arrived so far
   */
  public Account account(int flow) {
    return flow(flow).account();
  }

  /**
   * Tells what became of the datagrams of each flow.
   *
   * @return the accounts, in the order of the flows
   */
  public List<Account> accounts() {
    return flows.stream().map(Flow::account).toList();
  }

  /**
   * Enters all flows together in a ledger: what was published, received, and missing before, among
   * and after what was received.
   *
   * @param ledger a ledger in which these are not entered yet
   * @return the ledger
   */
  public UdpLedger.Builder enter(UdpLedger.Builder ledger) {
    return ledger
        .published(sum(flow -> flow.account().sent()))
        .received(sum(flow -> flow.account().received()))
        .gaps(
            sum(flow -> flow.missing(false, false)),
            sum(flow -> flow.missing(true, false)),
            sum(flow -> flow.missing(false, true)));
  }

  private long sum(ToLongFunction<Flow> figure) {
    return flows.stream().flatMapToLong(flow -> LongStream.of(figure.applyAsLong(flow))).sum();
  }

  /**
   * Enters what was queued in the receiver's socket when it was closed, which no counter of the
   * kernel tells: the bytes of its receive queue, divided by what the kernel charges for one
   * datagram ({@link UdpTruesize}). The account is absent, and the ledger undetermined, where
   * datagrams were sent of sizes that are charged differently, or the bytes are no multiple.
   *
   * @param ledger a ledger in which this is not entered yet
   * @param last the socket as it was read before it was closed, at rest
   * @return the ledger
   */
  public UdpLedger.Builder enterQueued(UdpLedger.Builder ledger, UdpSocket last) {
    if (last.rxQueueBytes() == 0) {
      return ledger.queuedAtClose(0, "rx_queue");
    }
    List<Long> charges =
        sizesSent.stream()
            .map(size -> UdpTruesize.measure(size).bytesPerDatagram())
            .distinct()
            .toList();
    String origin = "rx_queue %d / truesize %s".formatted(last.rxQueueBytes(), charges);
    return charges.size() == 1 && last.rxQueueBytes() % charges.getFirst() == 0
        ? ledger.queuedAtClose(last.rxQueueBytes() / charges.getFirst(), origin)
        : ledger.queuedAtCloseAbsent(origin + " is not one number of datagrams");
  }

  /** Closes the sockets of all flows. */
  @Override
  public void close() {
    flows.forEach(flow -> flow.socket.close());
  }

  /** For messages: all accounts, a line each. */
  @Override
  public String toString() {
    return String.join("\n", accounts().stream().map(Account::toString).toList());
  }
}
