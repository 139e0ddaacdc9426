package dev.socketlab.place;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A platform thread in a network namespace of its own, whose loopback device is up. Sockets that it
 * opens, threads that it starts and processes that it forks are in that network; the rest of the
 * JVM stays outside. The kernel removes the network with the last thread, process and socket in it;
 * the JVM's own thread that waits for a forked process lingers for up to a minute.
 *
 * <p>Needs Linux and CAP_SYS_ADMIN, and a JVM flag {@code --enable-native-access=ALL-UNNAMED} to be
 * quiet about the foreign functions that it calls.
 *
 * <pre>{@code
 * try (PrivateNetworkThread network = PrivateNetworkThread.open()) {
 *   ProtocolCounters counters = network.call(() -> ProtocolCounters.read());
 * }
 * }</pre>
 */
public final class PrivateNetworkThread implements AutoCloseable {

  private static final Duration AFTER_INTERRUPT = Duration.ofSeconds(3);

  private final ExecutorService executor =
      Executors.newSingleThreadExecutor(task -> {
        Thread created = Thread.ofPlatform().name("private-network").daemon().unstarted(task);
        thread = created;
        return created;
      });

  private volatile @Nullable Thread thread;
  private volatile boolean stuck;

  private PrivateNetworkThread() {}

  /** A thread that has not moved; a seam for tests. */
  static PrivateNetworkThread inTheHostsNetwork() {
    return new PrivateNetworkThread();
  }

  /**
   * Starts the thread and moves it to a network of its own.
   *
   * @return the thread, ready for calls
   * @throws UnsupportedOperationException with the kernel's reason where that is not allowed
   */
  public static PrivateNetworkThread open() {
    PrivateNetworkThread thread = new PrivateNetworkThread();
    try {
      thread.call(() -> {
        NetworkNamespace.enterNew();
        return true;
      });
      return thread;
    } catch (RuntimeException | Error failure) {
      thread.close();
      throw failure;
    } catch (Throwable failure) {
      thread.close();
      throw new IllegalStateException("cannot open a private network", failure);
    }
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
   * Runs something in the private network and waits for it. An interruption of the caller is handed
   * on to the thread. Where the caller is that thread, it is simply run.
   *
   * @param work what to run
   * @param <T> the type of its result
   * @return its result
   * @throws Exception what it threw
   */
  public <T> T call(Callable<T> work) throws Exception {
    if (Thread.currentThread() == thread) {
      return work.call();
    }
    CountDownLatch done = new CountDownLatch(1);
    Future<T> future =
        executor.submit(() -> {
          try {
            return work.call();
          } finally {
            done.countDown();
          }
        });
    try {
      return future.get();
    } catch (ExecutionException failure) {
      switch (failure.getCause()) {
        case Exception thrown -> throw thrown;
        case Error thrown -> throw thrown;
        case null, default -> throw failure;
      }
    } catch (InterruptedException interruption) {
      future.cancel(true);
      stuck = !done.await(AFTER_INTERRUPT.toMillis(), TimeUnit.MILLISECONDS);
      throw interruption;
    }
  }

  /** Ends the thread; the network ends with the last socket and process in it. */
  @Override
  public void close() {
    executor.shutdownNow();
  }
}
