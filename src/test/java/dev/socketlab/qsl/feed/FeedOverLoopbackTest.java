package dev.socketlab.qsl.feed;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.DatagramChannel;
import java.nio.channels.Pipe;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Publisher and subscriber in one process, over real sockets on free ports. */
@Timeout(30)
class FeedOverLoopbackTest {
  private static final int ROOMY_BYTES = 400_000;
  private static final Pattern LISTENING =
      Pattern.compile(
          "listening for market data on 127\\.0\\.0\\.1:(\\d+) \\(SO_RCVBUF=(\\d+) bytes\\)");

  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
  @AutoClose private final OutputStream steering;
  private final InputStream steered;

  FeedOverLoopbackTest() throws IOException {
    Pipe pipe = Pipe.open();
    steering = Channels.newOutputStream(pipe.sink());
    steered = Channels.newInputStream(pipe.source());
  }

  private CompletableFuture<FeedOutcome> subscribe(long count, boolean controlled) {
    return subscribe(
        new SubscribeOptions(0, count, ROOMY_BYTES, controlled, SubscribeOptions.FOREVER));
  }

  private CompletableFuture<FeedOutcome> subscribe(SubscribeOptions options) {
    PrintStream out = new PrintStream(printed, true, UTF_8);
    return CompletableFuture.supplyAsync(() -> {
      try {
        return new FeedSubscriber(options, steered, out).run();
      } catch (IOException e) {
        throw new CompletionException(e);
      }
    });
  }

  private List<String> lines() {
    return printed.toString(UTF_8).lines().toList();
  }

  private int port() {
    return await("listening line")
        .atMost(10, TimeUnit.SECONDS)
        .until(
            () -> LISTENING.matcher(printed.toString(UTF_8)).results().toList(),
            found -> !found.isEmpty())
        .getFirst()
        .group(1)
        .transform(Integer::parseInt);
  }

  private void steer(String line) throws IOException {
    steering.write((line + "\n").getBytes(UTF_8));
    steering.flush();
  }

  private static String publish(int port, int orders, long limit) throws IOException {
    ByteArrayOutputStream result = new ByteArrayOutputStream();
    PublishOptions options = new PublishOptions(port, 42, orders, limit, false);
    FeedPublisher publisher =
        new FeedPublisher(
            options, InputStream.nullInputStream(), new PrintStream(result, true, UTF_8));
    assertThat(publisher.run()).isEqualTo(FeedOutcome.COMPLETED);
    return result.toString(UTF_8).strip();
  }

  @Test
  void aStoppedSubscriberHasReceivedAllThatItsBufferHeld() throws Exception {
    CompletableFuture<FeedOutcome> outcome = subscribe(SubscribeOptions.UNLIMITED, true);
    int port = port();

    assertThat(publish(port, 200, Long.MAX_VALUE))
        .matches(
            "published market data \\(md_seq up to 162\\) to 127\\.0\\.0\\.1:"
                + port
                + "\npublished=162 failed=0 top_of_book=\\d+ trades=\\d+ last_sequence=162"
                + " burst_us=\\d+");
    steer("stop");

    assertThat(outcome.get()).isEqualTo(FeedOutcome.COMPLETED);
    Matcher listening = LISTENING.matcher(lines().getFirst());
    assertThat(listening.matches()).isTrue();
    assertThat(lines().subList(1, 4))
        .containsExactly(
            "received 162 datagrams",
            "total gaps detected: 0 (SO_RCVBUF=" + listening.group(2) + " bytes)",
            "received=162 first_sequence=1 last_sequence=162 interior_gaps=0 malformed=0");
  }

  @Test
  void aReceivingSubscriberEndsAtTheWantedCount() throws Exception {
    CompletableFuture<FeedOutcome> outcome = subscribe(50, true);
    int port = port();
    steer("receive");
    publish(port, 200, Long.MAX_VALUE);

    assertThat(outcome.get()).isEqualTo(FeedOutcome.COMPLETED);
    assertThat(lines().getLast()).startsWith("received=50 first_sequence=1 last_sequence=50 ");
  }

  @Test
  void anUncontrolledSubscriberWaitsForTheFirstDatagramAndEndsWhenNothingMoreComes()
      throws Exception {
    CompletableFuture<FeedOutcome> outcome = subscribe(SubscribeOptions.UNLIMITED, false);
    int port = port();
    await("it goes on although nothing has come")
        .during(Duration.ofMillis(900))
        .atMost(Duration.ofSeconds(10))
        .until(() -> !outcome.isDone());

    publish(port, 200, 100);

    assertThat(outcome.get()).isEqualTo(FeedOutcome.COMPLETED);
    assertThat(lines().getLast())
        .isEqualTo("received=100 first_sequence=1 last_sequence=100 interior_gaps=0 malformed=0");
  }

  @Test
  void anUncontrolledSubscriberWaitsForTheFirstDatagramNoLongerThanItMay() throws Exception {
    CompletableFuture<FeedOutcome> outcome =
        subscribe(
            new SubscribeOptions(0, SubscribeOptions.UNLIMITED, 0, false, Duration.ofMillis(1)));

    assertThat(outcome.get()).isEqualTo(FeedOutcome.COMPLETED);
    assertThat(lines().getLast()).startsWith("received=0 ");
  }

  @Test
  void aSubscriberOfNoDatagramsEndsAtOnce() throws Exception {
    assertThat(subscribe(0, false).get()).isEqualTo(FeedOutcome.COMPLETED);
    assertThat(lines().getLast()).startsWith("received=0 ");
  }

  @Test
  void aFinishedSubscriberDoesNotWaitForTheFirstDatagram() throws Exception {
    CompletableFuture<FeedOutcome> outcome = subscribe(SubscribeOptions.UNLIMITED, true);
    steer("finish");

    assertThat(outcome.get()).isEqualTo(FeedOutcome.COMPLETED);
    assertThat(lines().getLast()).startsWith("received=0 ");
  }

  @Test
  void aFinishedSubscriberEndsWhenNothingComes() throws Exception {
    CompletableFuture<FeedOutcome> outcome = subscribe(SubscribeOptions.UNLIMITED, true);
    publish(port(), 200, 10);
    steer("finish");

    assertThat(outcome.get()).isEqualTo(FeedOutcome.COMPLETED);
    assertThat(lines().getLast()).startsWith("received=10 ");
  }

  @Test
  void whatIsNoMarketDataIsCountedAsMalformed() throws Exception {
    CompletableFuture<FeedOutcome> outcome = subscribe(SubscribeOptions.UNLIMITED, true);
    try (DatagramChannel channel = Loopback.open()) {
      InetSocketAddress target = Loopback.at(port());
      channel.send(ByteBuffer.wrap(new byte[] {1, 2, 3}), target);
      channel.send(ByteBuffer.wrap(new byte[200]), target);
      ByteBuffer heartbeat = ByteBuffer.allocate(24);
      heartbeat.putShort((short) 5).putShort((short) 1).putInt(8).rewind();
      channel.send(heartbeat, target);
      channel.send(ByteBuffer.allocate(0), target);
    }
    steer("stop");

    assertThat(outcome.get()).isEqualTo(FeedOutcome.COMPLETED);
    assertThat(lines().getLast())
        .isEqualTo("received=0 first_sequence=0 last_sequence=0 interior_gaps=0 malformed=4");
  }

  @Test
  void aSubscriberWhoseInputEndsIsAbandoned() throws Exception {
    CompletableFuture<FeedOutcome> outcome = subscribe(SubscribeOptions.UNLIMITED, true);
    port();
    steering.close();

    assertThat(outcome.get()).isEqualTo(FeedOutcome.ABANDONED);
    assertThat(lines()).hasSize(1);
  }

  @Test
  void anUnknownLineIsAnError() throws Exception {
    CompletableFuture<FeedOutcome> outcome = subscribe(SubscribeOptions.UNLIMITED, true);
    steer("pause");

    assertThatThrownBy(outcome::get)
        .hasRootCauseMessage(
            "unexpected line on standard input: line=pause, allowed=receive, finish or stop");
  }

  @Test
  void aTakenPortIsNamed() throws Exception {
    try (DatagramChannel other = Loopback.open()) {
      other.bind(Loopback.at(0));
      int port = ((InetSocketAddress) other.getLocalAddress()).getPort();
      FeedSubscriber subscriber =
          new FeedSubscriber(
              new SubscribeOptions(port, 0, 0, false, SubscribeOptions.FOREVER),
              steered,
              new PrintStream(printed));

      assertThatThrownBy(subscriber::run)
          .isInstanceOf(IOException.class)
          .hasMessageStartingWith("cannot bind: port=" + port + ", reason=");
    }
  }

  @Test
  void aWaitingPublisherSendsAfterGoOnly() throws Exception {
    CompletableFuture<FeedOutcome> outcome = subscribe(SubscribeOptions.UNLIMITED, true);
    int port = port();

    assertThat(publishAfter(port, "")).isEqualTo("ready to publish to 127.0.0.1:" + port);
    assertThat(publishAfter(port, "go\n"))
        .startsWith("ready to publish to 127.0.0.1:" + port + "\npublished market data ")
        .contains("\npublished=162 failed=0 ");
    assertThatThrownBy(() -> publishAfter(port, "stop\n"))
        .hasMessage("unexpected line on standard input: line=stop, allowed=go");
    steer("stop");
    assertThat(outcome.get()).isEqualTo(FeedOutcome.COMPLETED);
    assertThat(lines().getLast()).startsWith("received=162 ");
  }

  private static String publishAfter(int port, String input) throws IOException {
    ByteArrayOutputStream result = new ByteArrayOutputStream();
    new FeedPublisher(
            new PublishOptions(port, 42, 200, Long.MAX_VALUE, true),
            new ByteArrayInputStream(input.getBytes(UTF_8)),
            new PrintStream(result, true, UTF_8))
        .run();
    return result.toString(UTF_8).strip();
  }

  @Test
  void aBurstToNobodyIsSentAllTheSame() throws Exception {
    int port;
    try (DatagramChannel closed = Loopback.open()) {
      closed.bind(Loopback.at(0));
      port = ((InetSocketAddress) closed.getLocalAddress()).getPort();
    }

    assertThat(publish(port, 200, Long.MAX_VALUE)).contains("\npublished=162 failed=0 ");
  }

  @Test
  void aDatagramThatTheKernelDoesNotTakeIsCountedAsFailed() throws Exception {
    try (DatagramChannel receiver = Loopback.open().bind(Loopback.at(0));
        DatagramChannel sender = Loopback.open().connect(receiver.getLocalAddress())) {
      ChannelSink sink = new ChannelSink(sender);

      assertThat(sink.send(ByteBuffer.allocate(65_508))).as("longer than any datagram").isFalse();
      assertThat(sink.send(ByteBuffer.allocate(16))).isTrue();
      assertThat(sink.failures()).isOne();
    }
  }
}
