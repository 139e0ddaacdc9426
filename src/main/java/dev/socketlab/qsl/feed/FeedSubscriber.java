package dev.socketlab.qsl.feed;

import dev.socketlab.qsl.feed.Steering.Phase;
import dev.socketlab.qsl.protocol.Frame;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.Duration;

/** Receives market data on a port of 127.0.0.1 and reports what came and what is missing. */
public final class FeedSubscriber {
  private static final Duration MOST_IDLE = Duration.ofMillis(600);

  private final SubscribeOptions options;
  private final InputStream in;
  private final PrintStream out;
  private final DatagramCounter counter = new DatagramCounter();
  private final ByteBuffer datagram =
      ByteBuffer.allocateDirect(Frame.HEADER_BYTES + Frame.MAX_BODY_BYTES);

  /**
   * Create a subscriber.
   *
   * @param options how to subscribe
   * @param in where a controlled subscriber reads {@code receive}, {@code finish} and {@code stop};
   *     closed at the end, from another thread than the one that reads
   * @param out receives the listening line and the result lines
   */
  public FeedSubscriber(SubscribeOptions options, InputStream in, PrintStream out) {
    this.options = options;
    this.in = in;
    this.out = out;
  }

  /**
   * Bind, print the listening line, receive, and print the result. It ends after the wanted count,
   * when nothing has come for 600 ms, or as its input says. One that is not controlled waits for
   * its first datagram as long as its options say, so that the publisher may be started by hand.
   *
   * @return abandoned if a controlled subscriber's input ended; then no result is printed
   * @throws IOException if the port cannot be bound, or an unknown line was read
   */
  public FeedOutcome run() throws IOException {
    try (Selector selector = Selector.open();
        DatagramChannel channel = Loopback.open()) {
      if (options.receiveBufferBytes() > 0) {
        channel.setOption(StandardSocketOptions.SO_RCVBUF, options.receiveBufferBytes());
      }
      bind(channel);
      channel.configureBlocking(false);
      SelectionKey key = channel.register(selector, 0);
      announce(channel);
      FeedOutcome outcome;
      try (Steering steering = steering(selector)) {
        outcome = receive(channel, key, steering);
      }
      if (outcome == FeedOutcome.COMPLETED) {
        report(channel);
      }
      return outcome;
    }
  }

  private Steering steering(Selector selector) {
    return options.controlled()
        ? Steering.controlled(in, selector)
        : Steering.uncontrolled(selector);
  }

  private void bind(DatagramChannel channel) throws IOException {
    try {
      channel.bind(Loopback.at(options.port()));
    } catch (BindException e) {
      throw new IOException(
          "cannot bind: port=" + options.port() + ", reason=" + e.getMessage(), e);
    }
  }

  private FeedOutcome receive(DatagramChannel channel, SelectionKey key, Steering steering)
      throws IOException {
    long patienceNs = (options.controlled() ? MOST_IDLE : options.firstWithin()).toNanos();
    Phase lastPhase = Phase.HELD;
    long quietSinceNs = System.nanoTime();
    while (counter.tracker().received() < options.count()) {
      Phase phase = steering.phase();
      if (phase != lastPhase) {
        lastPhase = phase;
        quietSinceNs = System.nanoTime();
      }
      if (phase == Phase.ABANDONED) {
        return FeedOutcome.ABANDONED;
      }
      if (phase != Phase.HELD && receiveOne(channel)) {
        patienceNs = MOST_IDLE.toNanos();
        quietSinceNs = System.nanoTime();
        continue;
      }
      long leftNs = patienceNs - (System.nanoTime() - quietSinceNs);
      if (phase == Phase.STOPPING || (phase == Phase.FINISHING && leftNs <= 0)) {
        break;
      }
      awaitDatagramOrLine(key, phase, leftNs);
    }
    return FeedOutcome.COMPLETED;
  }

  private boolean receiveOne(DatagramChannel channel) throws IOException {
    datagram.clear();
    if (channel.receive(datagram) == null) {
      return false;
    }
    counter.count(datagram.flip());
    return true;
  }

  private static void awaitDatagramOrLine(SelectionKey key, Phase phase, long idleLeftNs)
      throws IOException {
    key.interestOps(phase == Phase.HELD ? 0 : SelectionKey.OP_READ);
    Selector selector = key.selector();
    if (phase == Phase.FINISHING) {
      selector.select(1 + idleLeftNs / 1_000_000);
    } else {
      selector.select();
    }
    selector.selectedKeys().clear();
  }

  private void announce(DatagramChannel channel) throws IOException {
    int port = ((InetSocketAddress) channel.getLocalAddress()).getPort();
    out.println("listening for market data on 127.0.0.1:" + port + granted(channel));
    out.flush();
  }

  private static String granted(DatagramChannel channel) throws IOException {
    return " (SO_RCVBUF=" + grantedBytes(channel) + " bytes)";
  }

  /** Return the kernel's own number, which the JDK halves on Linux. */
  private static long grantedBytes(DatagramChannel channel) throws IOException {
    long bytes = channel.getOption(StandardSocketOptions.SO_RCVBUF);
    return System.getProperty("os.name").equals("Linux") ? 2 * bytes : bytes;
  }

  private void report(DatagramChannel channel) throws IOException {
    SequenceTracker tracker = counter.tracker();
    out.println("received " + tracker.received() + " datagrams");
    out.println("total gaps detected: " + tracker.interiorGaps() + granted(channel));
    out.println(
        "received="
            + tracker.received()
            + " first_sequence="
            + tracker.first()
            + " last_sequence="
            + tracker.last()
            + " interior_gaps="
            + tracker.interiorGaps()
            + " malformed="
            + counter.malformed());
    out.flush();
  }
}
