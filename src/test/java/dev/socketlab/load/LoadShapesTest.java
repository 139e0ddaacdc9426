package dev.socketlab.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class LoadShapesTest {

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void everyClientOfABurstHasItsSession(int threads) throws IOException {
    Set<Long> numbers = ConcurrentHashMap.newKeySet();
    try (SmallServer server = SmallServer.start(SmallServer::echo)) {
      LoadResult result =
          LoadDriver.run(
              LoadPlan.burst(server.address(), 2_000).threads(threads),
              number -> {
                numbers.add(number);
                return new EchoConversation(number);
              });

      assertThat(result.failures().summary()).isEqualTo("none");
      assertThat(result.isComplete()).isTrue();
      assertThat(result.latencies().getTotalCount()).isEqualTo(2_000);
      assertThat(numbers).hasSize(2_000);
      assertThat(result.threads()).isEqualTo(threads);
      assertThat(result.driverCpu()).isLessThanOrEqualTo(result.wall().multipliedBy(threads));
    }
  }

  @Test
  void aServerWithoutAnAddressIsRefusedBeforeAnythingStarts() {
    InetSocketAddress nowhere = InetSocketAddress.createUnresolved("no.such.host.invalid", 80);
    assertThatThrownBy(() -> LoadPlan.burst(nowhere, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("address=no.such.host.invalid");
  }

  @Test
  void aBurstConnectsAllBeforeItSaysAnything() throws IOException {
    AtomicInteger said = new AtomicInteger();
    List<Integer> saidAtOpen = new ArrayList<>();
    try (SmallServer server = SmallServer.start(SmallServer::echo)) {
      LoadDriver.run(
          LoadPlan.burst(server.address(), 50),
          number -> {
            saidAtOpen.add(said.get());
            return new Counted(new EchoConversation(number), said);
          });

      assertThat(said).hasValue(50);
      assertThat(saidAtOpen).hasSize(50).containsOnly(0);
    }
  }

  private record Counted(Conversation inner, AtomicInteger said) implements Conversation {
    @Override
    public void writeRequest(ByteBuffer out) {
      said.incrementAndGet();
      inner.writeRequest(out);
    }

    @Override
    public boolean readReplies(ByteBuffer in) throws ViolationException {
      return inner.readReplies(in);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void noSessionIsOpenBetweenWarmUpAndMeasurement(int threads) throws IOException {
    AtomicInteger served = new AtomicInteger();
    List<Integer> atBoundary = new ArrayList<>();
    try (SmallServer server =
        SmallServer.start((socket, in, out) -> {
          in.transferTo(out);
          served.incrementAndGet();
        })) {
      LoadPlan plan = LoadPlan.closedLoop(server.address(), 8, 301).warmUp(100).threads(threads);
      LoadResult result =
          LoadDriver.run(
              plan,
              EchoConversation::new,
              new LoadListener() {
                @Override
                public void beforeMeasurement() {
                  atBoundary.add(served.get());
                }

                @Override
                public void afterMeasurement() {
                  atBoundary.add(served.get());
                }
              });

      assertThat(atBoundary).containsExactly(100, 401);
      assertThat(result.completed()).isEqualTo(301);
      assertThat(result.latencies().getTotalCount()).isEqualTo(301);
      assertThat(result.isComplete()).isTrue();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void persistentConnectionsAreIdleAtEachBoundary(int threads) throws IOException {
    AtomicLong bytes = new AtomicLong();
    List<String> calls = new ArrayList<>();
    try (SmallServer server = SmallServer.start((socket, in, out) -> countingEcho(socket, bytes))) {
      LoadPlan plan = LoadPlan.persistent(server.address(), 31, 20).warmUp(3).threads(threads);
      LoadResult result =
          LoadDriver.run(
              plan,
              EchoConversation::new,
              new LoadListener() {
                @Override
                public void connected() {
                  Awaitility.await().until(() -> server.open() == 31);
                  calls.add("connected " + bytes.get() / 8);
                }

                @Override
                public void beforeMeasurement() {
                  calls.add("before " + bytes.get() / 8);
                }

                @Override
                public void afterMeasurement() {
                  calls.add("after " + bytes.get() / 8 + ", open " + server.open());
                }
              });

      assertThat(calls).containsExactly("connected 0", "before 93", "after 713, open 31");
      assertThat(result.isComplete()).as("%s", result.failures()).isTrue();
      assertThat(result.completed()).isEqualTo(620);
    }
  }

  private static void countingEcho(Socket socket, AtomicLong bytes) throws IOException {
    byte[] request = new byte[8];
    while (socket.getInputStream().readNBytes(request, 0, 8) == 8) {
      bytes.addAndGet(8);
      socket.getOutputStream().write(request);
    }
  }

  @Test
  void moreThreadsThanClientsAreNotStarted() throws IOException {
    try (SmallServer server = SmallServer.start(SmallServer::echo)) {
      LoadResult result =
          LoadDriver.run(
              LoadPlan.sequential(server.address(), 5).threads(4), EchoConversation::new);

      assertThat(result.threads()).isEqualTo(1);
      assertThat(result.completed()).isEqualTo(5);
    }
  }

  @Test
  void theDeadlineEndsALoadThatHangs() throws IOException {
    try (SmallServer server =
        SmallServer.start((socket, in, out) -> in.transferTo(OutputStream.nullOutputStream()))) {
      LoadPlan plan =
          LoadPlan.closedLoop(server.address(), 4, 100)
              .closing(LoadPlan.Closing.HALF_CLOSE_AFTER_REPLIES)
              .deadline(Duration.ofMillis(200));
      long startNs = System.nanoTime(); // the deadline counts from here, the wall time from later
      LoadResult result = LoadDriver.run(plan, EchoConversation::new);

      assertThat(Duration.ofNanos(System.nanoTime() - startNs)).isGreaterThan(plan.deadline());
      assertThat(result.completed()).isZero();
      assertThat(result.failures().summary()).isEqualTo("deadline=100");
      assertThat(result.failures().first())
          .contains("not started: the deadline of 200 ms has passed")
          .hasSize(5);
    }
  }

  @Test
  void aResetIsAFailureOfItsKind() throws IOException {
    try (SmallServer server =
        SmallServer.start((socket, in, out) -> {
          in.readNBytes(8);
          socket.setSoLinger(true, 0);
        })) {
      LoadResult result =
          LoadDriver.run(LoadPlan.sequential(server.address(), 3), EchoConversation::new);

      assertThat(result.failures().summary()).isEqualTo("reset=3");
    }
  }

  @Test
  void aConnectionLostWhileIdleIsAFailureAndTheOthersGoOn() throws IOException {
    AtomicBoolean first = new AtomicBoolean(true);
    try (SmallServer server =
        SmallServer.start((socket, in, out) -> {
          if (!first.getAndSet(false)) {
            in.transferTo(out);
          }
        })) {
      LoadResult result =
          LoadDriver.run(LoadPlan.persistent(server.address(), 4, 10), EchoConversation::new);

      assertThat(result.failures().total()).isEqualTo(1);
      assertThat(result.completed()).isEqualTo(30);
      assertThat(result.isComplete()).isFalse();
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {100, 101})
  void aConversationThatBreaksEndsAllThreads(long session) throws IOException {
    try (SmallServer server = SmallServer.start(SmallServer::echo)) {
      LoadPlan plan = LoadPlan.closedLoop(server.address(), 2, 1_000_000_000).threads(2);

      assertThatIllegalStateException()
          .isThrownBy(() ->
              LoadDriver.run(
                  plan,
                  number -> {
                    if (number == session) {
                      throw new IllegalStateException("session " + session);
                    }
                    return new EchoConversation(number);
                  }))
          .withMessage("session " + session);
    }
  }

  @Test
  void aPlanThatDoesNotFitIsRefused() throws IOException {
    try (SmallServer server = SmallServer.start(SmallServer::echo)) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> LoadPlan.burst(server.address(), 4).warmUp(1))
          .withMessage("a burst has no warm-up; run a closed loop before it: warmUp=1");
      assertThatIllegalArgumentException()
          .isThrownBy(() ->
              LoadPlan.persistent(server.address(), 4, 1)
                  .closing(LoadPlan.Closing.HALF_CLOSE_AFTER_REQUEST))
          .withMessage(
              "a persistent connection has no last request to close after:"
                  + " closing=HALF_CLOSE_AFTER_REQUEST");
    }
  }
}
