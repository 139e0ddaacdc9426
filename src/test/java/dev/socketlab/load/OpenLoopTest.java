package dev.socketlab.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class OpenLoopTest {
  private static final long STALL_NS = 300_000_000;

  /** Echoes, on all connections; the 20th request holds up everyone for 300 ms. */
  private static final class Staller implements SmallServer.Service {
    private final AtomicInteger requests = new AtomicInteger();

    @Override
    public void serve(Socket socket, InputStream in, OutputStream out) throws IOException {
      byte[] request = new byte[8];
      while (in.readNBytes(request, 0, 8) == 8) {
        hold();
        out.write(request);
      }
    }

    private synchronized void hold() {
      if (requests.incrementAndGet() != 20) {
        return;
      }
      long endNs = System.nanoTime() + STALL_NS;
      for (long leftNs = STALL_NS; leftNs > 0; leftNs = endNs - System.nanoTime()) {
        LockSupport.parkNanos(leftNs);
      }
    }
  }

  private static long slowerThan(LoadResult result, long nanoseconds) {
    return result.latencies().getCountBetweenValues(nanoseconds, result.latencies().getMaxValue());
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aStallShowsInAllThatShouldHaveStartedInIt(boolean persistent) throws IOException {
    try (SmallServer server = SmallServer.start(new Staller())) {
      LoadPlan plan =
          persistent
              ? LoadPlan.openLoopPersistent(server.address(), 200, 150, 150)
              : LoadPlan.openLoop(server.address(), 200, 150, 150);
      LoadResult result = LoadDriver.run(plan, EchoConversation::new);

      assertThat(result.failures().summary()).isEqualTo("none");
      // One start each 5 ms: 60 in the stall, 40 of them with more than 100 ms to its end.
      assertThat(slowerThan(result, 100_000_000)).isGreaterThanOrEqualTo(39);
      assertThat(result.latencies().getMaxValue()).isGreaterThanOrEqualTo(STALL_NS * 99 / 100);
      assertThat(result.startLag().getTotalCount()).isEqualTo(150);
    }
  }

  @Test
  void aClosedLoopHardlyShowsTheSameStall() throws IOException {
    try (SmallServer server = SmallServer.start(new Staller())) {
      LoadResult result =
          LoadDriver.run(LoadPlan.persistent(server.address(), 1, 150), EchoConversation::new);

      assertThat(result.isComplete()).isTrue();
      assertThat(slowerThan(result, STALL_NS * 99 / 100)).isPositive();
      // Once, were it not for a machine that stalls, too; the open loop has 39 of these and more.
      assertThat(slowerThan(result, 100_000_000)).isLessThanOrEqualTo(10);
      assertThat(result.startLag().getTotalCount()).isZero();
    }
  }

  @Test
  void aStartAboveTheLimitIsAFailureAndNotSilent() throws IOException {
    try (SmallServer server =
        SmallServer.start((socket, in, out) -> in.transferTo(OutputStream.nullOutputStream()))) {
      LoadPlan plan =
          LoadPlan.openLoopPersistent(server.address(), 1_000, 50, 4)
              .timeLimit(Duration.ofSeconds(3)); // all 50 starts are due in 50 ms
      LoadResult result = LoadDriver.run(plan, EchoConversation::new);

      assertThat(result.completed()).isZero();
      assertThat(result.failures().summary()).isEqualTo("timed_out=4 not_started=46");
      assertThat(result.failures().first()).contains("start=4: not started, outstanding=4");
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void startsKeepToTheirRateAfterAWarmUp(int threads) throws IOException {
    AtomicInteger served = new AtomicInteger();
    List<Integer> atBoundary = new ArrayList<>();
    try (SmallServer server =
        SmallServer.start((socket, in, out) -> {
          in.transferTo(out);
          served.incrementAndGet();
        })) {
      LoadPlan plan =
          LoadPlan.openLoop(server.address(), 500, 101, 101).warmUp(20).threads(threads);
      LoadResult result =
          LoadDriver.run(
              plan,
              EchoConversation::new,
              new LoadListener() {
                @Override
                public void beforeMeasurement() {
                  atBoundary.add(served.get());
                }
              });

      assertThat(atBoundary).containsExactly(20);
      assertThat(result.failures().summary()).isEqualTo("none");
      assertThat(result.completed()).isEqualTo(101);
      // The last of 101 starts is intended 100 intervals of 2 ms after the first.
      assertThat(result.wall()).isGreaterThanOrEqualTo(Duration.ofMillis(200));
    }
  }

  @Test
  void theScheduleIsTheRateFromItsOriginOn() {
    assertThat(new Pace(7, 500).intendedNs(0)).isEqualTo(7);
    assertThat(new Pace(7, 500).intendedNs(100)).isEqualTo(7 + 200_000_000);
  }

  @Test
  void theDeadlineCutsTheScheduleAndCountsWhatIsLeft() throws IOException {
    try (SmallServer server = SmallServer.start(SmallServer::echo)) {
      LoadPlan plan =
          LoadPlan.openLoop(server.address(), 100, 1_000, 100).deadline(Duration.ofMillis(300));
      LoadResult result = LoadDriver.run(plan, EchoConversation::new);

      assertThat(result.failures().count(Failures.Kind.DEADLINE)).isGreaterThanOrEqualTo(900);
      assertThat(result.failures().summary()).isEqualTo("deadline=" + (1_000 - result.completed()));
    }
  }

  @Test
  void aRateOutOfRangeIsRefused() {
    InetSocketAddress anywhere = new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 1);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> LoadPlan.openLoop(anywhere, 0, 1, 1))
        .withMessage("out of range: perSecond=0.0, allowed=above 0, at most 1000000");
  }
}
