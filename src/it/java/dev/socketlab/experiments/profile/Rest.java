package dev.socketlab.experiments.profile;

import dev.socketlab.experiments.GatewayThreads;
import dev.socketlab.internal.os.TimeOut;
import dev.socketlab.probe.ThreadActivity;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;

/**
 * Whether a gateway rests while nobody asks: all serving threads sleep, and between two looks none
 * of them was switched. One that polls is runnable at each look or has been switched since the last
 * one, however little of a CPU it gets.
 *
 * <p>How often a gateway waits under load is no such relation: when it is slower than its client,
 * or kept off its CPU, the next request is there before it asks.
 */
final class Rest {

  /**
   * Looks, not time: on a machine that stood still meanwhile the gateway has not had its chance.
   */
  private static final int LOOKS = 40;

  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(50);

  private Rest() {}

  static boolean isReachedBy(long pid) {
    return isReachedBy(pid, LOOKS, BETWEEN_LOOKS);
  }

  static boolean isReachedBy(long pid, int atMostLooks, Duration betweenLooks) {
    List<ThreadActivity> looks = new ArrayList<>();
    looks.add(look(pid));
    Awaitility.await()
        .pollInSameThread()
        .pollDelay(betweenLooks)
        .pollInterval(betweenLooks)
        .atMost(TimeOut.scaled(Duration.ofMinutes(1)))
        .until(() -> {
          looks.add(look(pid));
          return isAtRest(looks) || looks.size() > atMostLooks;
        });
    return isAtRest(looks);
  }

  private static boolean isAtRest(List<ThreadActivity> looks) {
    ThreadActivity last = looks.getLast();
    return last.allAsleep() && last.equals(looks.get(looks.size() - 2));
  }

  private static ThreadActivity look(long pid) {
    return ThreadActivity.read(
        pid, name -> GatewayThreads.SERVE.contains(GatewayThreads.ROLES.of(name)));
  }
}
