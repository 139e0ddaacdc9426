package dev.socketlab.qsl.gateway;

import java.time.Duration;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The platform threads that serve connections, each one at a time. A thread that has finished a
 * connection waits for another one for some seconds: a sleep and a wake-up cost a futex call each,
 * a new thread costs a dozen calls for its stack and its name. Linux shows 15 characters of that
 * name, which is enough for the first 99,999.
 */
final class PlatformThreads implements ServingThreads, ThreadFactory {
  private static final long IDLE_SECONDS = 5;
  private static final Duration LAST_STEPS = Duration.ofSeconds(1);

  /** A group knows which of its threads live, without a list that somebody has to prune. */
  private final ThreadGroup group = new ThreadGroup("qsl-serve");

  private final AtomicInteger made = new AtomicInteger();
  private final ThreadPoolExecutor pool =
      new ThreadPoolExecutor(
          0, Integer.MAX_VALUE, IDLE_SECONDS, TimeUnit.SECONDS, new SynchronousQueue<>(), this);

  @Override
  public void serve(Runnable connection) {
    pool.execute(connection);
  }

  @Override
  public void shutdown() {
    pool.shutdown();
  }

  @Override
  public boolean endWithin(Duration timeout) {
    try {
      if (!pool.awaitTermination(timeout.toNanos(), TimeUnit.NANOSECONDS)) {
        return false;
      }
      // The pool has let go of its threads, which may still have a few steps to go.
      Thread[] living = new Thread[group.activeCount()];
      int count = group.enumerate(living);
      for (int i = 0; i < count; i++) {
        living[i].join(LAST_STEPS);
      }
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  @Override
  public Thread newThread(Runnable task) {
    Thread thread = new Thread(group, task, "qsl-serve-" + made.incrementAndGet(), 0, false);
    thread.setDaemon(true);
    return thread;
  }
}
