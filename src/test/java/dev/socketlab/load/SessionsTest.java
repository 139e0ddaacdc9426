package dev.socketlab.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(30)
class SessionsTest {
  private static final InetAddress LOOPBACK = InetAddress.ofLiteral("127.0.0.1");
  private static final Duration SHORT = Duration.ofMillis(200);

  /** Long enough for what comes before the hang, on a machine that is busy. */
  private static final Duration NOT_SO_SHORT = Duration.ofSeconds(2);

  private static LoadResult run(LoadPlan plan) throws IOException {
    return LoadDriver.run(plan, EchoConversation::new);
  }

  @ParameterizedTest
  @EnumSource(LoadPlan.Closing.class)
  void sequentialSessionsComplete(LoadPlan.Closing closing) throws IOException {
    try (SmallServer server = SmallServer.start(SmallServer::echo)) {
      LoadResult result = run(LoadPlan.sequential(server.address(), 200).closing(closing));

      assertThat(result.failures().first()).isEmpty();
      assertThat(result.isComplete()).isTrue();
      assertThat(result.latencies().getTotalCount()).isEqualTo(200);
      assertThat(result.latencies().getMinValue()).isPositive();
      assertThat(result.driverCpu()).isPositive().isLessThanOrEqualTo(result.wall());
      assertThat(result.perSecond()).isPositive();
    }
  }

  @Test
  @EnabledOnOs(value = OS.LINUX, disabledReason = "elsewhere 127.0.0.2 is no address of loopback")
  void theLaterSessionsOfALargeLoadTakeTurnsInTheirAddresses() throws IOException {
    Map<InetAddress, Integer> sessions = new ConcurrentHashMap<>();
    try (SmallServer server =
        SmallServer.start((socket, in, out) -> {
          sessions.merge(socket.getInetAddress(), 1, Integer::sum);
          in.transferTo(out);
        })) {
      LoadResult result = run(LoadPlan.closedLoop(server.address(), 16, 10_096));
      assertThat(result.isComplete()).as("%s", result).isTrue();
    }
    assertThat(sessions).hasSize(32);
    assertThat(sessions.remove(LOOPBACK)).isEqualTo(10_003);
    assertThat(sessions.values()).containsOnly(3);
  }

  @Test
  void sequentialSessionsNeverOverlap() throws IOException {
    try (SmallServer server = SmallServer.start(SmallServer::echo)) {
      run(LoadPlan.sequential(server.address(), 100));

      assertThat(server.mostOpen()).isEqualTo(1);
    }
  }

  @Test
  void concurrentSessionsAreBoundedAndAllComplete() throws IOException {
    AtomicInteger waiting = new AtomicInteger();
    try (SmallServer server =
        SmallServer.start((socket, in, out) -> {
          byte[] request = in.readNBytes(8);
          waiting.incrementAndGet();
          out.write(request);
          in.transferTo(out);
        })) {
      LoadResult result = run(LoadPlan.closedLoop(server.address(), 16, 500));

      assertThat(result.isComplete()).as("%s", result).isTrue();
      assertThat(waiting.get()).isEqualTo(500);
      assertThat(server.mostOpen()).isBetween(2, 100);
    }
  }

  @Test
  void everyRoundTripOfAPersistentConnectionIsMeasured() throws IOException {
    AtomicInteger connections = new AtomicInteger();
    try (SmallServer server =
        SmallServer.start((socket, in, out) -> {
          connections.incrementAndGet();
          in.transferTo(out);
        })) {
      LoadResult result = run(LoadPlan.persistent(server.address(), 8, 50));

      assertThat(result.isComplete()).as("%s", result).isTrue();
      assertThat(result.completed()).isEqualTo(400);
      assertThat(result.latencies().getTotalCount()).isEqualTo(400);
      assertThat(connections.get()).isEqualTo(8);
    }
  }

  @Test
  void requestsAndRepliesMayNeedSeveralCalls() throws IOException {
    int repetitions = 1 << 20;
    try (SmallServer server =
        SmallServer.start((socket, in, out) -> {
          out.write(in.readNBytes(Long.BYTES * repetitions));
          out.write(in.readNBytes(Long.BYTES * repetitions));
          in.transferTo(out);
        })) {
      LoadResult result =
          LoadDriver.run(
              LoadPlan.persistent(server.address(), 3, 2).bufferBytes(Long.BYTES * repetitions + 1),
              session -> new EchoConversation(session, repetitions));

      assertThat(result.isComplete()).as("%s", result).isTrue();
    }
  }

  @Test
  void aHungSessionIsAFailureWithItsState() throws IOException {
    try (SmallServer server =
        SmallServer.start((socket, in, out) -> {
          out.write(in.readNBytes(3));
          in.transferTo(OutputStream.nullOutputStream());
        })) {
      LoadResult result =
          run(
              LoadPlan.closedLoop(server.address(), 4, 12)
                  .closing(LoadPlan.Closing.HALF_CLOSE_AFTER_REPLIES)
                  .timeLimit(SHORT));

      assertThat(result.completed()).isZero();
      assertThat(result.failures().summary()).isEqualTo("timed_out=12");
      assertThat(result.isComplete()).isFalse();
      assertThat(result.latencies().getTotalCount()).isZero();
      assertThat(result.failures().first()).hasSize(Failures.KEPT);
    }
  }

  @Test
  void aServerThatOnlyListensMakesSessionsHang() throws IOException {
    try (SmallServer server = SmallServer.start((socket, in, out) -> in.readAllBytes())) {
      LoadResult result =
          run(
              LoadPlan.sequential(server.address(), 1)
                  .closing(LoadPlan.Closing.CLOSE)
                  .timeLimit(NOT_SO_SHORT));

      assertThat(result.failures().first())
          .containsExactly(
              "session=0 state=awaiting_replies round_trip=0 received_bytes=0: no answer within"
                  + " 2000 ms");
    }
  }

  @Test
  void aServerThatDoesNotCloseMakesSessionsHang() throws IOException {
    CountDownLatch tested = new CountDownLatch(1);
    try (SmallServer server =
        SmallServer.start((socket, in, out) -> {
          in.transferTo(out);
          awaitUninterrupted(tested);
        })) {
      LoadResult result = run(LoadPlan.sequential(server.address(), 1).timeLimit(NOT_SO_SHORT));
      tested.countDown();

      assertThat(result.failures().first())
          .singleElement()
          .asString()
          .startsWith("session=0 state=awaiting_end round_trip=0 received_bytes=8");
    }
  }

  private static void awaitUninterrupted(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void aServerThatClosesTooEarlyIsNamed() throws IOException {
    try (SmallServer server = SmallServer.start((socket, in, out) -> out.write(in.readNBytes(8)))) {
      LoadResult result = run(LoadPlan.persistent(server.address(), 1, 2));

      assertThat(result.failures().first())
          .singleElement()
          .asString()
          .startsWith("session=0 state=awaiting_replies round_trip=1 received_bytes=8: ");
    }
  }

  @Test
  void anEndInsteadOfAReplyIsAFailureOfItsKind() throws IOException {
    try (SmallServer server = SmallServer.start((socket, in, out) -> in.readNBytes(8))) {
      LoadResult result = run(LoadPlan.sequential(server.address(), 3));

      assertThat(result.failures().summary()).isEqualTo("closed_early=3");
      assertThat(result.failures().first()).first().asString().contains("state=awaiting_replies");
    }
  }

  @Test
  void aWrongReplyIsAFailureWithTheConversationsWords() throws IOException {
    AtomicInteger connections = new AtomicInteger();
    try (SmallServer server =
        SmallServer.start((socket, in, out) -> {
          byte[] request = in.readNBytes(8);
          if (connections.incrementAndGet() % 10 == 0) {
            request[7] = 77;
          }
          out.write(request);
          in.transferTo(out);
        })) {
      LoadResult result = run(LoadPlan.sequential(server.address(), 30));

      assertThat(result.completed()).isEqualTo(27);
      assertThat(result.failures().summary()).isEqualTo("violation=3");
      assertThat(result.failures().first())
          .first()
          .asString()
          .endsWith("received_bytes=8: heard=38654705741, expected=38654705665");
    }
  }

  @Test
  void bytesBehindTheReplyAreAFailure() throws IOException {
    try (SmallServer server =
        SmallServer.start((socket, in, out) -> {
          out.write(in.readNBytes(8));
          in.transferTo(out);
          out.write(1);
        })) {
      LoadResult result = run(LoadPlan.sequential(server.address(), 1));

      assertThat(result.failures().summary()).isEqualTo("violation=1");
      assertThat(result.failures().first())
          .singleElement()
          .asString()
          .endsWith(": bytes after the last reply: bytes=1");
    }
  }

  private static final class NeverSatisfied implements Conversation {
    @Override
    public void writeRequest(ByteBuffer out) {
      out.putLong(1);
    }

    @Override
    public boolean readReplies(ByteBuffer in) {
      return false;
    }
  }

  @Test
  void aReplyThatNeverEndsIsAFailure() throws IOException {
    try (SmallServer server =
        SmallServer.start((socket, in, out) -> out.write(new byte[100_000]))) {
      LoadResult result =
          LoadDriver.run(LoadPlan.sequential(server.address(), 1), session -> new NeverSatisfied());

      assertThat(result.failures().first())
          .singleElement()
          .asString()
          .contains("a reply longer than bufferBytes=8192");
    }
  }

  @Test
  void nobodyListeningIsAFailureOfEverySession() throws IOException {
    InetSocketAddress nobody;
    try (ServerSocket socket = new ServerSocket(0)) {
      nobody = new InetSocketAddress(LOOPBACK, socket.getLocalPort());
    }
    LoadResult result = run(LoadPlan.closedLoop(nobody, 4, 20));

    assertThat(result.failures().summary()).isEqualTo("connect_refused=20");
    assertThat(result.failures().first())
        .first()
        .asString()
        .startsWith("session=0 state=connecting round_trip=0 received_bytes=0: ");
  }

  @Test
  void aConversationThatBreaksStopsTheLoad() throws IOException {
    try (SmallServer server = SmallServer.start(SmallServer::echo)) {
      assertThatIllegalStateException()
          .isThrownBy(() ->
              LoadDriver.run(
                  LoadPlan.sequential(server.address(), 5),
                  session -> {
                    throw new IllegalStateException("session " + session);
                  }))
          .withMessage("session 0");
    }
  }

  @Test
  void aPlanOutOfRangeIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> LoadPlan.closedLoop(new InetSocketAddress(LOOPBACK, 1), 4, 0))
        .withMessage("out of range: sessions=0, allowed=1 to 9223372036854775807");
  }
}
