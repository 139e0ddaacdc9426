package dev.socketlab.internal.os;

import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/**
 * A thread that stays in the network of the host, once it was started from there. What it forks
 * does not keep a private network alive.
 */
public final class HostThread {

  private static @Nullable ExecutorService executor;

  private HostThread() {}

  /** Starts the thread from the calling one, in whose network it stays. */
  public static synchronized ExecutorService start() {
    ExecutorService started = executor;
    if (started == null) {
      started =
          Executors.newSingleThreadExecutor(
              task -> Thread.ofPlatform().name("host-network").daemon().unstarted(task));
      CompletableFuture.runAsync(() -> {}, started).join(); // or its first user would start it
      executor = started;
    }
    return started;
  }

  /** Runs something on the thread and waits for it. */
  public static <T> T call(Callable<T> work) throws Exception {
    try {
      return start().submit(work).get();
    } catch (ExecutionException failure) {
      throw failure.getCause() instanceof Exception thrown ? thrown : failure;
    }
  }
}
