package dev.socketlab.qsl.feed;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.channels.DatagramChannel;
import java.nio.charset.StandardCharsets;

/** Publishes the synthetic flow's market data to a port on 127.0.0.1, back to back. */
public final class FeedPublisher {
  private static final int SYMBOLS = 3;

  /** Enough that most of what a burst runs has been compiled before it. */
  private static final long REHEARSED_ORDERS = 5_000;

  private final PublishOptions options;
  private final InputStream in;
  private final PrintStream out;

  /**
   * Create a publisher.
   *
   * @param options what to publish
   * @param in where a waiting publisher reads {@code go}
   * @param out receives the ready line and the result lines
   */
  public FeedPublisher(PublishOptions options, InputStream in, PrintStream out) {
    this.options = options;
    this.in = in;
    this.out = out;
  }

  /**
   * Publish, print a line with the last sequence and a line of counts. Whether anybody is bound to
   * the port does not matter. A datagram that cannot be sent is counted as failed; its sequence is
   * used up.
   *
   * @return abandoned if the input ended before {@code go}; then nothing was sent
   * @throws IOException if the socket cannot be opened, or another line than {@code go} was read
   */
  public FeedOutcome run() throws IOException {
    try (DatagramChannel channel = Loopback.open()) {
      channel.connect(Loopback.at(options.port()));
      ChannelSink sink = new ChannelSink(channel);
      MarketDataFeed feed = new MarketDataFeed(SYMBOLS, options.datagramLimit(), sink);
      rehearse();
      if (options.waitForGo() && !awaitGo()) {
        return FeedOutcome.ABANDONED;
      }
      long startNs = System.nanoTime();
      publish(feed, options.orders());
      long burstNs = System.nanoTime() - startNs;
      report(feed, sink, burstNs / 1_000);
      return FeedOutcome.COMPLETED;
    }
  }

  /** Run the start of the burst without sending it, so that the burst itself is not held up. */
  private void rehearse() {
    MarketDataFeed unsent = new MarketDataFeed(SYMBOLS, options.datagramLimit(), datagram -> true);
    publish(unsent, Math.min(options.orders(), REHEARSED_ORDERS));
  }

  private void publish(MarketDataFeed feed, long orders) {
    SyntheticFlow flow = new SyntheticFlow(options.seed(), SYMBOLS, feed);
    for (long order = 0; order < orders && !feed.isComplete(); order++) {
      Command command = flow.next();
      feed.publishTopOfBook(flow.engine(), command.symbol());
    }
  }

  private boolean awaitGo() throws IOException {
    out.println("ready to publish to 127.0.0.1:" + options.port());
    out.flush();
    String line = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8)).readLine();
    if (line != null && !line.equals("go")) {
      throw new IOException("unexpected line on standard input: line=" + line + ", allowed=go");
    }
    return line != null;
  }

  private void report(MarketDataFeed feed, ChannelSink sink, long burstUs) {
    out.println(
        "published market data (md_seq up to "
            + feed.lastSequence()
            + ") to 127.0.0.1:"
            + options.port());
    out.println(
        "published="
            + (feed.sentTopsOfBook() + feed.sentTrades())
            + " failed="
            + sink.failures()
            + " top_of_book="
            + feed.sentTopsOfBook()
            + " trades="
            + feed.sentTrades()
            + " last_sequence="
            + feed.lastSequence()
            + " burst_us="
            + burstUs);
    out.flush();
  }
}
