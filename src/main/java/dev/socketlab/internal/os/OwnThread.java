package dev.socketlab.internal.os;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A platform thread that runs one call after the other, and from which the caller comes back also
 * where a call does not end: it is interrupted, and if that does not help, left behind.
 *
 * {@snippet :
 * try (OwnThread thread = new OwnThread("experiment")) {
 *   thread.call(work, Duration.ofMinutes(5), () -> new IllegalStateException("hangs"));
 * }
 * }
 */
public final class OwnThread implements AutoCloseable {

  /** What {@link #call(Callable, Duration, Supplier)} takes for no deadline. */
  public static final Duration FOR_EVER = Duration.ofDays(10_000);

  private static final Duration AFTER_INTERRUPT = Duration.ofSeconds(3);

  private final ExecutorService executor;
  private volatile @Nullable Thread thread;
  private volatile boolean stuck;

  /**
   * Makes a thread that starts with its first call.
   *
   * @param name its name
   */
  public OwnThread(String name) {
    executor =
        Executors.newSingleThreadExecutor(task -> {
          Thread created = Thread.ofPlatform().name(name).daemon().unstarted(task);
          thread = created;
          return created;
        });
  }

  /**
   * The thread.
   *
   * @return the thread; null before the first call
   */
  public @Nullable Thread thread() {
    return thread;
  }

  /**
   * Whether a call was interrupted and did not end within three seconds, so that the thread is lost
   * for others. A wait with Awaitility, for instance, is not interrupted.
   *
   * @return true if further calls would wait behind it
   */
  public boolean isStuck() {
    return stuck;
  }

  /**
   * Runs something and waits for it. An interruption of the caller is handed on. Where the caller
   * is the thread itself, it is simply run.
   *
   * @param work what to run
   * @param <T> the type of its result
   * @return its result
   * @throws Exception what it threw
   */
  public <T> T call(Callable<T> work) throws Exception {
    return call(work, FOR_EVER, () -> new IllegalStateException("for ever is over"));
  }

  /**
   * Runs something and waits for it, but not for ever.
   *
   * @param work what to run
   * @param atMost how long
   * @param late what to do then, on the caller's thread, and what to throw: it may end what the
   *     work waits for, before the work is interrupted. Is also asked when the caller is
   *     interrupted
   * @param <T> the type of the result
   * @return the result
   * @throws Exception what it threw, or what {@code late} gave
   */
  public <T> T call(Callable<T> work, Duration atMost, Supplier<? extends Exception> late)
      throws Exception {
    if (Thread.currentThread() == thread) {
      return work.call();
    }
    AtomicBoolean begun = new AtomicBoolean();
    CountDownLatch done = new CountDownLatch(1);
    Future<T> future =
        executor.submit(() -> {
          begun.set(true);
          try {
            return work.call();
          } finally {
            done.countDown();
          }
        });
    try {
      return future.get(atMost.toNanos(), TimeUnit.NANOSECONDS);
    } catch (ExecutionException failure) {
      switch (failure.getCause()) {
        case Exception thrown -> throw thrown;
        case Error thrown -> throw thrown;
        case null, default -> throw failure;
      }
    } catch (TimeoutException _) {
      Exception reason = late.get();
      abandon(future, begun, done);
      throw reason;
    } catch (InterruptedException interruption) {
      abandon(future, begun, done);
      throw interruption;
    }
  }

  private void abandon(Future<?> future, AtomicBoolean begun, CountDownLatch done)
      throws InterruptedException {
    future.cancel(true);
    // One that is cancelled before its turn does not run, and leaves nothing behind.
    if (begun.get() && !done.await(AFTER_INTERRUPT.toMillis(), TimeUnit.MILLISECONDS)) {
      stuck = true;
    }
  }

  /** Ends the thread, once its call has ended. */
  @Override
  public void close() {
    executor.shutdownNow();
  }
}
