package dev.socketlab.place;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * A platform thread in a network namespace of its own, whose loopback device is up. Sockets that it
 * opens, threads that it starts and processes that it forks are in that network; the rest of the
 * JVM stays outside. The kernel removes the network with the last thread, process and socket in it;
 * the JVM's own thread that waits for a forked process lingers for up to a minute.
 *
 * <p>Needs Linux and CAP_SYS_ADMIN, and a JVM flag {@code --enable-native-access=ALL-UNNAMED} to be
 * quiet about the foreign functions that it calls.
 */
public final class PrivateNetworkThread implements AutoCloseable {

  private static final Duration AFTER_INTERRUPT = Duration.ofSeconds(10);

  private final ExecutorService executor =
      Executors.newSingleThreadExecutor(
          task -> Thread.ofPlatform().name("private-network").daemon().unstarted(task));

  private PrivateNetworkThread() {}

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
   * Runs something in the private network and waits for it. An interruption of the caller is handed
   * on to the thread.
   *
   * @param work what to run
   * @param <T> the type of its result
   * @return its result
   * @throws Throwable what it threw
   */
  public <T> T call(Callable<T> work) throws Throwable {
    Future<T> future = executor.submit(work);
    try {
      return future.get();
    } catch (ExecutionException failure) {
      throw failure.getCause() == null ? failure : failure.getCause();
    } catch (InterruptedException interruption) {
      future.cancel(true);
      executor.shutdown();
      if (!executor.awaitTermination(AFTER_INTERRUPT.toSeconds(), TimeUnit.SECONDS)) {
        interruption.addSuppressed(
            new IllegalStateException(
                "the thread in the private network did not react to its interruption"));
      }
      throw interruption;
    }
  }

  /** Ends the thread; the network ends with the last socket and process in it. */
  @Override
  public void close() {
    executor.shutdownNow();
  }
}
