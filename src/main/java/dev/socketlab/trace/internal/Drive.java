package dev.socketlab.trace.internal;

import dev.socketlab.internal.os.TimeOut;
import dev.socketlab.probe.ProcessUsage;
import dev.socketlab.probe.ThreadActivity;
import dev.socketlab.subject.Subject;
import dev.socketlab.trace.Load;
import dev.socketlab.trace.SyscallMix;
import dev.socketlab.trace.TraceException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;

/** Drives a subject, waits until it is at rest, and tells what that cost. */
public final class Drive {

  private static final Duration REST_WITHIN = Duration.ofMillis(500);
  private static final Duration POLL = Duration.ofMillis(3);
  private static final Duration MOMENT_OF_DEATH = Duration.ofMillis(500);

  private final Load load;
  private final long warmUp;

  public Drive(Load load, long warmUp) {
    this.load = load;
    this.warmUp = warmUp;
  }

  long warmUpOperations() {
    return warmUp;
  }

  void warmUp(Subject subject) {
    if (warmUp > 0) {
      run(subject, warmUp);
    }
    awaitRest(subject);
  }

  SyscallMix.Cost measure(Subject subject, long operations) {
    ProcessUsage before = ProcessUsage.read(subject.pid());
    long start = System.nanoTime();
    run(subject, operations);
    Duration wall = Duration.ofNanos(System.nanoTime() - start);
    awaitRest(subject);
    subject.failIfItDied();
    ProcessUsage.Delta used = ProcessUsage.read(subject.pid()).since(before);
    return new SyscallMix.Cost(operations, wall, used.cpuTime(), used.tick().multipliedBy(2));
  }

  private void run(Subject subject, long operations) {
    try {
      load.drive(subject, operations);
    } catch (Exception | AssertionError failure) {
      throw causeOf(failure, subject, operations);
    }
    subject.failIfItDied();
  }

  /** Where the subject has died, that is the cause, and what the load threw is a symptom. */
  private static RuntimeException causeOf(Throwable failure, Subject subject, long operations) {
    if (failure instanceof InterruptedException) {
      Thread.currentThread().interrupt();
    }
    try {
      subject.failIfItDiesWithin(MOMENT_OF_DEATH);
    } catch (RuntimeException death) {
      death.addSuppressed(failure);
      return death;
    }
    return new TraceException(
        "load failed: operations=%d, %s%n%s"
            .formatted(operations, failure, subject.describe("was under that load")),
        failure);
  }

  /**
   * The driver has its last reply a moment before the server's thread is back in its wait for the
   * next request, and the calls of that moment belong to the load. A subject that never rests is
   * taken as it is; its slopes show it.
   */
  private static void awaitRest(Subject subject) {
    AtomicReference<ThreadActivity> last = new AtomicReference<>(new ThreadActivity(0, 0, -1));
    try {
      Awaitility.await()
          .pollInSameThread()
          .pollDelay(Duration.ZERO)
          .pollInterval(POLL)
          .atMost(TimeOut.scaled(REST_WITHIN))
          .until(() -> {
            if (!subject.isAlive()) {
              return true;
            }
            ThreadActivity now = ThreadActivity.read(subject.pid());
            return now.equals(last.getAndSet(now)) && now.allAsleep();
          });
    } catch (ConditionTimeoutException _) {
      // See above.
    }
  }
}
