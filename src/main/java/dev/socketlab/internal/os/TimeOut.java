package dev.socketlab.internal.os;

import java.io.IOException;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/**
 * Time-outs that go with the machine. A time-out ends a wait that cannot succeed; on a machine that
 * is 20 times slower, an emulated one for instance, the same wait is 20 times longer. So each of
 * ours is written for a usual machine and multiplied by a factor, which is measured once, by how
 * long a process takes to start and end, or given by the system property {@value #KEY}.
 *
 * {@snippet :
 * Awaitility.await().atMost(TimeOut.scaled(Duration.ofSeconds(20))).until(server::isReady);
 * }
 */
public final class TimeOut {

  /** The property that gives the factor: a number from 1 to {@value #MOST}, or {@code auto}. */
  public static final String KEY = "socketlab.timeout.factor";

  private static final int MOST = 100;
  private static final String AUTO = "auto";
  private static final int ATTEMPTS = 3;

  /**
   * Above what a process that does nothing takes, from its start to its end. Seen as the shortest
   * of five: 1.7 ms on an idle machine, 1.9 ms on a busy one, 92 and 165 ms emulated.
   */
  private static final Duration USUAL = Duration.ofMillis(5);

  private TimeOut() {}

  private static final class OfThisMachine {
    static final double FACTOR = factor(System.getProperty(KEY, AUTO));
  }

  /**
   * Lengthens a time-out where this machine is slow.
   *
   * @param onAUsualMachine the time-out there
   * @return as long, or longer; never shorter
   */
  public static Duration scaled(Duration onAUsualMachine) {
    return scaled(onAUsualMachine, factor());
  }

  /**
   * By what time-outs are multiplied here.
   *
   * @return 1 to {@value #MOST}; the same at each call
   * @throws IllegalArgumentException if the property holds something else
   */
  public static double factor() {
    return OfThisMachine.FACTOR;
  }

  static Duration scaled(Duration time, double factor) {
    // Whoever waits for ever waits no longer.
    return time.compareTo(Duration.ofDays(1)) > 0
        ? time
        : Duration.ofNanos(Math.round(time.toNanos() * factor));
  }

  static double factor(String setting) {
    if (setting.equals(AUTO)) {
      return factor(shortest());
    }
    try {
      double factor = Double.parseDouble(setting);
      if (factor >= 1 && factor <= MOST) {
        return factor;
      }
    } catch (NumberFormatException _) {
      // Said below.
    }
    throw new IllegalArgumentException(
        "%s=%s (system property) must be a number from 1 to %d, or %s"
            .formatted(KEY, setting, MOST, AUTO));
  }

  static double factor(Duration ofAProcess) {
    double slower = (double) ofAProcess.toNanos() / USUAL.toNanos();
    return Math.clamp(Math.ceil(slower), 1, MOST);
  }

  /** The shortest of some: what else runs on the machine makes single ones longer. */
  private static Duration shortest() {
    long shortest = Long.MAX_VALUE;
    for (int i = 0; i < ATTEMPTS; i++) {
      long start = System.nanoTime();
      if (!ranToItsEnd()) {
        return USUAL;
      }
      shortest = Math.min(shortest, System.nanoTime() - start);
    }
    return Duration.ofNanos(shortest);
  }

  private static boolean ranToItsEnd() {
    try {
      Process process = new ProcessBuilder("true").start();
      return process.waitFor(1, TimeUnit.MINUTES);
    } catch (IOException failure) {
      return false; // there is no such command, so nothing can be told
    } catch (InterruptedException interruption) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /**
   * Says what the factor is, for people.
   *
   * @return for instance {@code Time-outs are multiplied by 20 (socketlab.timeout.factor).}
   */
  public static String describe() {
    return String.format(Locale.ROOT, "Time-outs are multiplied by %.0f (%s).", factor(), KEY);
  }
}
