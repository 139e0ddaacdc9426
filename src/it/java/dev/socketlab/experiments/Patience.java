package dev.socketlab.experiments;

import dev.socketlab.internal.os.TimeOut;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;

/** Waits that may end without success: the ledger judges what did not come about, not the wait. */
public final class Patience {

  private Patience() {}

  /**
   * Wait for a condition, on the calling thread and so in its network.
   *
   * @param atMost when to give up on a usual machine
   * @param interval between two looks; the first is at once
   * @param condition what to wait for
   * @return whether it came true
   */
  public static boolean until(Duration atMost, Duration interval, Callable<Boolean> condition) {
    try {
      Awaitility.await()
          .pollInSameThread()
          .pollDelay(Duration.ZERO)
          .pollInterval(interval)
          .atMost(TimeOut.scaled(atMost))
          .until(condition);
      return true;
    } catch (ConditionTimeoutException _) {
      return false;
    }
  }
}
