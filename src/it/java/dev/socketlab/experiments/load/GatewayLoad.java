package dev.socketlab.experiments.load;

import dev.socketlab.experiments.GatewayThreads;
import dev.socketlab.experiments.Patience;
import dev.socketlab.experiments.load.LoadTrial.Held;
import dev.socketlab.internal.os.TimeOut;
import dev.socketlab.load.Conversation;
import dev.socketlab.load.LoadDriver;
import dev.socketlab.load.LoadListener;
import dev.socketlab.load.LoadPlan;
import dev.socketlab.load.LoadResult;
import dev.socketlab.probe.ProcessUsage;
import dev.socketlab.probe.ResidentMemory;
import dev.socketlab.probe.TcpSockets;
import dev.socketlab.probe.ThreadRoles;
import dev.socketlab.probe.ThreadUsage;
import dev.socketlab.qsl.gateway.OrderConversation;
import dev.socketlab.subject.Subject;
import java.io.IOException;
import java.time.Duration;
import java.util.Objects;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/** The loads of one trial, against one gateway. Each session sends an order of its own. */
final class GatewayLoad {
  private static final Duration UNTIL_ACCEPTED = Duration.ofSeconds(30);

  private static final Duration UNTIL_ENDED = Duration.ofSeconds(5);

  private final Subject gateway;
  private final int clients;
  private long orders;

  GatewayLoad(Subject gateway, int clients) {
    this.gateway = gateway;
    this.clients = clients;
  }

  /** All clients connect at once, one session each. */
  LoadResult burst() throws IOException {
    return LoadDriver.run(LoadPlan.burst(gateway.address(), clients), ownOrders(clients));
  }

  /** All clients connect and wait; then each makes one round trip. */
  Held held() throws IOException {
    MemoryWatch watch = new MemoryWatch();
    LoadResult result =
        LoadDriver.run(
            LoadPlan.persistent(gateway.address(), clients, 1), ownOrders(clients), watch);
    return new Held(result, watch.servingThreads, watch.before, watch.idle, watch.active);
  }

  /** What came of a loop, and what the gateway used during its measured part. */
  record Sustained(LoadResult result, ProcessUsage.Delta used) {}

  /** How many sessions warm the gateway up before so many. */
  static long warmUp(long sessions) {
    return sessions / 2;
  }

  /** Clients in a loop of sessions, after its warm-up. */
  Sustained sustained(long sessions) throws IOException {
    UsageWatch watch = new UsageWatch();
    LoadResult result =
        LoadDriver.run(
            LoadPlan.closedLoop(gateway.address(), clients, sessions).warmUp(warmUp(sessions)),
            ownOrders(warmUp(sessions) + sessions),
            watch);
    return new Sustained(result, Objects.requireNonNull(watch.used));
  }

  /**
   * The gateway's threads after its load. One for each connection ends when it gets a processor to
   * see the end of its input, which on a busy machine is a moment later.
   *
   * @param plausible below this no time is given
   */
  int threadsLeft(int plausible) {
    Patience.until(UNTIL_ENDED, Duration.ofMillis(20), () -> threads() < plausible);
    return threads();
  }

  private int threads() {
    return ThreadUsage.read(gateway.pid()).threads().size();
  }

  /**
   * A quarter of a second of sessions at a fixed rate, whatever the gateway does, after another.
   */
  static LoadResult paced(Subject gateway, int perSecond) throws IOException {
    return LoadDriver.run(
        LoadPlan.openLoop(gateway.address(), perSecond, perSecond / 4, perSecond)
            .warmUp(perSecond / 4),
        OrderConversation.ofOwnOrders(1));
  }

  /** Orders that nobody has sent before: an id that rests already would be rejected. */
  private Conversation.Source ownOrders(long sessions) {
    long first = orders;
    orders += sessions;
    Conversation.Source own = OrderConversation.ofOwnOrders(1);
    return session -> own.open(first + session);
  }

  private final class UsageWatch implements LoadListener {
    private @Nullable ProcessUsage before;
    private ProcessUsage.@Nullable Delta used;

    @Override
    public void beforeMeasurement() {
      before = ProcessUsage.read(gateway.pid());
    }

    @Override
    public void afterMeasurement() {
      used = ProcessUsage.read(gateway.pid()).since(Objects.requireNonNull(before));
    }
  }

  private final class MemoryWatch implements LoadListener {
    private final long before = ResidentMemory.kilobytes(gateway.pid());
    private long idle;
    private long active;
    private int servingThreads;

    @Override
    public void connected() {
      Awaitility.await("an empty accept queue")
          .pollInSameThread()
          .pollDelay(Duration.ZERO)
          .pollInterval(Duration.ofMillis(2))
          .atMost(TimeOut.scaled(UNTIL_ACCEPTED))
          .until(() ->
              TcpSockets.readListeners()
                      .listenerOn(gateway.port())
                      .orElseThrow()
                      .acceptQueueLength()
                  == 0);
      idle = ResidentMemory.kilobytes(gateway.pid());
    }

    @Override
    public void afterMeasurement() {
      active = ResidentMemory.kilobytes(gateway.pid());
      servingThreads =
          Math.toIntExact(
              ThreadUsage.read(gateway.pid()).threads().stream()
                  .filter(
                      thread -> GatewayThreads.ROLES.of(thread.name()) == ThreadRoles.Role.SERVING)
                  .count());
    }
  }
}
