package dev.socketlab.qsl.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import dev.socketlab.testkit.SystemWords;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.parallel.Isolated;

/**
 * What every transport must do, each a minute of tests; the classes that extend this can run in
 * processes of their own, side by side. In each test one more peer, the bystander, is connected
 * from the beginning, and must be served whatever the others do.
 */
@Timeout(60)
@Isolated("it counts the threads and the descriptors of this JVM")
abstract class TransportContract {
  private static final Duration GRACE = Duration.ofSeconds(10);
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final int FILLS_OVER_THE_LIMIT = 170_000;
  private static final int MOST_BUFFERED_BYTES = 64 << 20;

  private final TransportKind kind;
  private final ExecutorService background = Executors.newCachedThreadPool();
  private final NettyLeaks leaks;
  private Transport gateway;
  private Peer bystander;
  private long token;

  TransportContract(TransportKind kind) throws IOException {
    assumeThat(kind.unavailability()).as(kind.label()).isEmpty();
    this.kind = kind;
    gateway = kind.start(GatewayOptions.onPort(0));
    bystander = Peer.connect(gateway.port());
    leaks = NettyLeaks.watch();
  }

  @BeforeEach
  void serveTheBystander() throws IOException {
    theBystanderIsServed();
  }

  @AfterEach
  void stop() throws Exception {
    try (leaks) {
      bystander.close();
      gateway.close();
      background.shutdownNow();
      assertThat(background.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
      assertThat(gateway.counters().open()).isZero();
      assertThat(usesNetty() ? leaks.found() : List.of()).isEmpty();
    }
  }

  private boolean usesNetty() {
    return kind == TransportKind.EPOLL || kind == TransportKind.IO_URING;
  }

  private void restart(GatewayOptions options) throws IOException {
    bystander.close();
    gateway.close();
    gateway = kind.start(options);
    bystander = Peer.connect(gateway.port());
    theBystanderIsServed();
  }

  private void theBystanderIsServed() throws IOException {
    bystander.beat(++token);
  }

  private Peer connect() throws IOException {
    return Peer.connect(gateway.port());
  }

  private void onlyTheBystanderIsLeft() {
    await().atMost(PATIENCE).until(() -> gateway.counters().open() == 1);
  }

  @Test
  void theGoldenTranscriptIsRepeatedByteForByte() throws IOException {
    for (GoldenTranscript.Recorded recorded : GoldenTranscript.connections()) {
      try (Peer peer = connect()) {
        peer.send(recorded.sent()).halfClose();

        assertThat(peer.readToEnd()).as(recorded.name()).isEqualTo(recorded.received());
      }
      theBystanderIsServed();
    }
    onlyTheBystanderIsLeft();
    assertThat(gateway.counters().failed()).isZero();
  }

  @Test
  @EnabledOnOs(value = OS.LINUX, disabledReason = "elsewhere 127.0.0.2 is no address of loopback")
  void itListensOnAllAddressesIfAskedTo() throws IOException {
    InetSocketAddress other = new InetSocketAddress("127.0.0.2", gateway.port());
    assertThatThrownBy(() -> SocketChannel.open(other).close())
        .isInstanceOf(ConnectException.class);

    restart(GatewayOptions.onPort(0).onAllAddresses());

    SocketChannel.open(new InetSocketAddress("127.0.0.2", gateway.port())).close();
  }

  @Test
  void bytesMayComeOneAtATime() throws IOException {
    try (Peer peer = connect()) {
      for (byte one : new Requests().buy(1, 100, 5).sell(2, 100, 5).heartbeat(7).bytes()) {
        peer.send(one);
      }

      assertThat(peer.read(32 + 32 + 52 + 24))
          .containsExactly(
              "Ack order=1 seq=1",
              "Ack order=2 seq=2",
              "Fill taker=2 maker=1 price=100 quantity=5 seq=3",
              "HeartbeatAck token=7");
    }
    theBystanderIsServed();
  }

  @Test
  void thousandsOfFramesMayBePipelined() throws Exception {
    int orders = 20_000;
    try (Peer peer = connect()) {
      Future<?> writer = writeInBackground(peer, new Requests().sellers(1, orders));
      List<String> replies = peer.read(32 * orders);
      theBystanderIsServed();
      writer.get(10, TimeUnit.SECONDS);

      for (int i = 1; i <= orders; i++) {
        assertThat(replies.get(i - 1)).isEqualTo("Ack order=" + i + " seq=" + i);
      }
    }
  }

  @Test
  void aPeerThatHalfClosesGetsAllItsReplies() throws Exception {
    int beats = 100_000;
    try (Peer peer = connect()) {
      Future<?> writer =
          background.submit(() -> {
            peer.send(new Requests().heartbeats(beats)).halfClose();
            return null;
          });

      assertThat(ReplyText.of(peer.readToEnd()))
          .hasSize(beats)
          .endsWith("HeartbeatAck token=" + (beats - 1));
      writer.get(10, TimeUnit.SECONDS);
    }
    theBystanderIsServed();
    onlyTheBystanderIsLeft();
    assertThat(gateway.counters().failed()).isZero();
  }

  @Test
  void aPeerThatEndsInTheMiddleOfAFrameIsClosed() throws IOException {
    try (Peer peer = connect()) {
      peer.send(Arrays.copyOf(new Requests().buy(1, 100, 5).bytes(), 20)).halfClose();

      assertThat(peer.readToEnd()).isEmpty();
    }
    onlyTheBystanderIsLeft();
  }

  @Test
  void aMalformedFrameEndsTheSessionAfterTheRepliesBeforeIt() throws IOException {
    byte[] bad = new Requests().heartbeat(9).bytes();
    bad[0] = 1;
    try (Peer peer = connect()) {
      // Much is unread when the session ends, and the peer has not closed its side.
      peer.send(new Requests().heartbeats(1_000).raw(bad).heartbeats(5_000));

      assertThat(ReplyText.of(peer.readToEnd())).hasSize(1_000).endsWith("HeartbeatAck token=999");
      theBystanderIsServed();
    }
    onlyTheBystanderIsLeft();
  }

  @Test
  void aPeerThatNeverClosesAfterAMalformedFrameIsClosed() throws IOException {
    try (Peer peer = connect()) {
      peer.send(new byte[16]);

      assertThat(peer.readToEnd()).isEmpty();
      onlyTheBystanderIsLeft();
      theBystanderIsServed();
    }
  }

  @Test
  void aResetInTheMiddleOfRepliesHarmsNobodyElse() throws Exception {
    for (int round = 0; round < 20; round++) {
      Peer peer = connect();
      Future<?> writer = background.submit(() -> sendForEver(peer));
      peer.read(24 * 100);
      peer.reset();
      theBystanderIsServed();
      assertThatExceptionOfType(ExecutionException.class)
          .isThrownBy(() -> writer.get(10, TimeUnit.SECONDS))
          .withCauseInstanceOf(SocketException.class);
    }
    onlyTheBystanderIsLeft();
    assertThat(gateway.counters().failed()).isPositive();
  }

  private static Void sendForEver(Peer peer) throws IOException {
    Requests requests = new Requests().heartbeats(1_000);
    while (true) {
      peer.send(requests);
    }
  }

  @Test
  void aSlowReaderIsNotReadFromUntilItReads() throws IOException {
    try (SocketChannel slow = Peer.connectWithSmallBuffer(gateway.port())) {
      long sentBytes = sendUntilNothingMoves(slow);
      theBystanderIsServed();

      long whole = sentBytes / 24 * 24;
      assertThat(readAcknowledgements(slow, whole)).as("no reply is lost").isEqualTo(whole);
    }
    theBystanderIsServed();
    onlyTheBystanderIsLeft();
  }

  /** Send heartbeats until all buffers between here and the gateway are full. */
  private static long sendUntilNothingMoves(SocketChannel peer) {
    ByteBuffer requests = ByteBuffer.wrap(new Requests().heartbeats(10_000).bytes());
    AtomicLong sentBytes = new AtomicLong();
    await()
        .pollInSameThread()
        .pollInterval(Duration.ofMillis(20))
        .during(Duration.ofMillis(300))
        .atMost(PATIENCE)
        .until(() -> {
          int written = Peer.writeSome(peer, requests);
          return written == 0 || sentBytes.addAndGet(written) > MOST_BUFFERED_BYTES;
        });
    assertThat(sentBytes.get())
        .as("the gateway stops reading, so the kernel's buffers fill")
        .isBetween((long) Outbox.HIGH_WATER_BYTES, (long) MOST_BUFFERED_BYTES);
    return sentBytes.get();
  }

  /**
   * Read heartbeat acknowledgements, whose tokens count up to 9,999 again, until there are so many
   * bytes of them or the end comes; return how many bytes they were, those of the last read
   * included.
   */
  private static long readAcknowledgements(SocketChannel channel, long bytes) throws IOException {
    channel.configureBlocking(true);
    ByteBuffer in = ByteBuffer.allocate(64 << 10);
    long frames = 0;
    while (frames * 24 < bytes && channel.read(in) >= 0) {
      in.flip();
      for (; in.remaining() >= 24; frames++) {
        in.position(in.position() + 16);
        assertThat(in.getLong()).isEqualTo(frames % 10_000);
      }
      in.compact();
    }
    return frames * 24;
  }

  @Test
  void aReplyOverEightMebibytesDropsThePeerAfterTheRepliesBeforeIt() throws Exception {
    try (Peer makers = connect()) {
      Future<?> writer = writeInBackground(makers, new Requests().sellers(1, FILLS_OVER_THE_LIMIT));
      makers.read(32 * FILLS_OVER_THE_LIMIT);
      writer.get(10, TimeUnit.SECONDS);
    }
    onlyTheBystanderIsLeft();

    byte[] tooMuch = new Requests().marketBuy(-1, FILLS_OVER_THE_LIMIT).heartbeat(3).bytes();
    try (Peer greedy = connect()) {
      greedy.send(tooMuch);
      assertThat(greedy.readToEnd()).isEmpty();
    }
    try (Peer inOneWrite = connect()) {
      inOneWrite.send(new Requests().heartbeat(1).raw(tooMuch).heartbeats(5_000));
      assertThat(ReplyText.of(inOneWrite.readToEnd())).containsExactly("HeartbeatAck token=1");
    }
    try (Peer inTwoWrites = connect()) {
      inTwoWrites.send(new Requests().heartbeat(2)).send(tooMuch);
      assertThat(ReplyText.of(inTwoWrites.readToEnd())).containsExactly("HeartbeatAck token=2");
    }
    theBystanderIsServed();
    onlyTheBystanderIsLeft();
    assertThat(gateway.counters().dropped()).isEqualTo(3);
    assertThat(gateway.counters().failed()).isZero();

    try (Peer modest = connect()) {
      modest.send(new Requests().marketBuy(-2, 1));
      assertThat(modest.read(32 + 52))
          .containsExactly(
              "Ack order=18446744073709551614 seq=170001",
              "Fill taker=18446744073709551614 maker=1 price=100 quantity=1 seq=170002");
    }
  }

  /** What a peer that is shed can still read; a reset is as good as an end. */
  private static byte[] whatIsLeftOf(Peer peer) throws IOException {
    try {
      return peer.readToEnd();
    } catch (SocketException e) {
      assertThat(e).hasMessageContaining("reset");
      return new byte[0];
    }
  }

  @Test
  void atTheConnectionCapNewConnectionsAreShed() throws IOException {
    restart(GatewayOptions.onPort(0).withMaxConnections(3));
    try (Peer second = connect();
        Peer third = connect()) {
      second.beat(1);
      third.beat(1);
      for (int i = 0; i < 50; i++) {
        try (Peer fourth = connect()) {
          assertThat(whatIsLeftOf(fourth)).isEmpty();
        }
      }
      theBystanderIsServed();
      third.beat(2);
      assertThat(gateway.counters().shed()).isEqualTo(50);
    }
    onlyTheBystanderIsLeft();

    try (Peer next = connect()) {
      next.beat(3);
    }
  }

  @Test
  void aThousandConnectionsAreServedAtTheSameTime() throws IOException {
    List<Peer> peers = new ArrayList<>();
    try {
      for (int i = 0; i < 1_000; i++) {
        peers.add(connect());
      }
      for (Peer peer : peers) {
        peer.send(new Requests().buy(1 + peers.indexOf(peer), 100, 1).heartbeat(42));
      }
      theBystanderIsServed();
      for (Peer peer : peers) {
        assertThat(peer.read(32 + 24).getLast()).isEqualTo("HeartbeatAck token=42");
      }
      assertThat(gateway.counters().open()).isEqualTo(1_001);
      assertThat(gateway.counters().accepted()).isEqualTo(1_001);
    } finally {
      for (Peer peer : peers) {
        peer.close();
      }
    }
    onlyTheBystanderIsLeft();
  }

  @Test
  void aStopEndsIdleSessionsSoon() throws IOException {
    try (Peer idle = connect()) {
      idle.beat(1);
      gateway.stop(Duration.ofHours(1));

      assertThat(idle.readToEnd()).isEmpty();
      assertThat(bystander.readToEnd()).isEmpty();
    }
    assertThat(gateway.counters().failed()).isZero();
    assertThatExceptionOfType(ConnectException.class).isThrownBy(this::connect);
  }

  @RepeatedTest(5)
  void aStopAnswersWhatHasArrived() throws Exception {
    int beats = 2_000; // fits into the first window of a connection, so all of it arrives at once
    try (Peer peer = connect()) {
      peer.beat(1);
      peer.send(new Requests().heartbeats(beats));
      Future<?> stop = background.submit(() -> gateway.stop(GRACE));

      assertThat(ReplyText.of(peer.readToEnd())).hasSize(beats);
      stop.get(10, TimeUnit.SECONDS);
    }
  }

  @Test
  void aStopGivesASlowReaderTimeForWhatIsPending() throws Exception {
    Future<?> stop;
    try (SocketChannel slow = Peer.connectWithSmallBuffer(gateway.port())) {
      sendUntilNothingMoves(slow);
      stop = background.submit(() -> gateway.stop(GRACE));
      assertThat(bystander.readToEnd()).isEmpty();

      assertThat(readAcknowledgements(slow, Outbox.HIGH_WATER_BYTES))
          .isGreaterThanOrEqualTo(Outbox.HIGH_WATER_BYTES);
    }
    stop.get(10, TimeUnit.SECONDS);
  }

  @Test
  void aStopCutsOffAPeerThatNeverReads() throws IOException {
    try (SocketChannel deaf = Peer.connectWithSmallBuffer(gateway.port())) {
      sendUntilNothingMoves(deaf);

      gateway.stop(Duration.ofMillis(100));
      assertThat(gateway.counters().open()).isZero();
    }
  }

  @Test
  void aThousandSessionsLeaveNothingBehind() throws IOException {
    bystander.close();
    gateway.close();
    session(kindStarted());
    gateway.close();
    Set<String> threads = threads();
    long descriptors = Descriptors.open();

    gateway = kindStarted();
    for (int i = 0; i < 1_000; i++) {
      session(gateway);
    }
    assertThat(gateway.counters().accepted()).isEqualTo(1_000);
    gateway.stop(GRACE);

    assertThat(threads()).isSubsetOf(threads);
    assertThat(Descriptors.open()).isLessThanOrEqualTo(descriptors);
  }

  private Transport kindStarted() throws IOException {
    gateway = kind.start(GatewayOptions.onPort(0));
    return gateway;
  }

  private static void session(Transport gateway) throws IOException {
    try (Peer peer = Peer.connect(gateway.port())) {
      peer.send(new Requests().buy(1, 100, 5).heartbeat(42)).halfClose();
      assertThat(peer.readToEnd()).hasSizeBetween(24 + 25, 24 + 32);
    }
  }

  private static Set<String> threads() {
    return Thread.getAllStackTraces().keySet().stream()
        .map(Thread::getName)
        .filter(name -> name.startsWith("qsl-"))
        .collect(Collectors.toSet());
  }

  @Test
  void aPortThatIsTakenIsNamed() {
    assertThatExceptionOfType(IOException.class)
        .isThrownBy(() -> kind.start(GatewayOptions.onPort(gateway.port())))
        .withMessage(
            "cannot listen: port=" + gateway.port() + ", reason=" + SystemWords.ADDRESS_IN_USE);
  }

  private Future<?> writeInBackground(Peer peer, Requests requests) {
    return background.submit(() -> {
      peer.send(requests);
      return null;
    });
  }
}
