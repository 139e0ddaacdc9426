package dev.socketlab.qsl.feed;

import dev.socketlab.qsl.engine.MatchingEngine;
import dev.socketlab.qsl.protocol.Frame;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Time to publish the whole synthetic flow, next to the time to send as many datagrams of the same
 * sizes with nothing else to do. One operation is one burst, in all of them about 15,000 datagrams.
 * Nobody reads the receiving socket, so that its buffer is full and the kernel drops.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(3)
public class PublishBenchmark {
  private final Command[] commands = ReplayableFlow.commands();
  private final MatchingEngine engine =
      new MatchingEngine(ReplayableFlow.SYMBOLS, ReplayableFlow.ORDERS);
  private final DatagramChannel receiver;
  private final DatagramChannel sender;
  private final ChannelSink sink;
  private final MarketDataFeed feed;
  private final int[] sizes;
  private final ByteBuffer bareDatagram = ByteBuffer.allocateDirect(Frame.LONGEST_FRAME_BYTES);

  /** Open both ends. */
  public PublishBenchmark() {
    try {
      receiver = Loopback.open().bind(Loopback.at(0));
      sender = Loopback.open().connect(receiver.getLocalAddress());
    } catch (IOException e) {
      throw new IllegalStateException("no loopback sockets", e);
    }
    sink = new ChannelSink(sender);
    feed = new MarketDataFeed(ReplayableFlow.SYMBOLS, Long.MAX_VALUE, sink);
    sizes = datagramSizes();
  }

  private int[] datagramSizes() {
    int[] found = new int[4 * commands.length];
    int[] count = {0};
    DatagramSink measure =
        datagram -> {
          found[count[0]++] = datagram.remaining();
          return true;
        };
    replay(new MarketDataFeed(ReplayableFlow.SYMBOLS, Long.MAX_VALUE, measure));
    return Arrays.copyOf(found, count[0]);
  }

  private void replay(MarketDataFeed target) {
    for (Command command : commands) {
      command.applyTo(engine, target);
      target.publishTopOfBook(engine, command.symbol());
    }
  }

  /** Report how much one operation sends. */
  @Setup
  public void describe() {
    System.out.println("datagrams=" + sizes.length + " bytes=" + Arrays.stream(sizes).sum());
  }

  /** Close both ends; a burst of which a datagram failed is no measurement. */
  @TearDown
  public void close() throws IOException {
    sender.close();
    receiver.close();
    if (sink.failures() > 0) {
      throw new IllegalStateException("datagrams were not sent: failed=" + sink.failures());
    }
  }

  /** Match, encode and send recorded commands. */
  @Benchmark
  public long replay() {
    replay(feed);
    return feed.lastSequence();
  }

  /** Draw, match, encode and send, as the publisher does. */
  @Benchmark
  public long drawAndPublish() {
    MarketDataFeed fresh = new MarketDataFeed(ReplayableFlow.SYMBOLS, Long.MAX_VALUE, sink);
    SyntheticFlow flow = new SyntheticFlow(ReplayableFlow.SEED, ReplayableFlow.SYMBOLS, fresh);
    for (int order = 0; order < ReplayableFlow.ORDERS; order++) {
      Command command = flow.next();
      fresh.publishTopOfBook(flow.engine(), command.symbol());
    }
    return fresh.lastSequence();
  }

  /** Send only. */
  @Benchmark
  public long bareSend() throws IOException {
    long bytes = 0;
    for (int size : sizes) {
      bareDatagram.clear().limit(size);
      bytes += sender.write(bareDatagram);
    }
    return bytes;
  }
}
