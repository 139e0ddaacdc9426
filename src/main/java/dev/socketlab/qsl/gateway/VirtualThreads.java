package dev.socketlab.qsl.gateway;

import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * A new virtual thread for each connection. Linux sees only their carriers ({@code
 * ForkJoinPool-1-…}) and the pollers of the JDK, which outlive the gateway.
 */
final class VirtualThreads implements ServingThreads {
  private final ExecutorService threads =
      Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("qsl-virtual-", 1).factory());

  @Override
  public void serve(Runnable connection) {
    threads.execute(connection);
  }

  @Override
  public void shutdown() {
    threads.shutdown();
  }

  @Override
  public boolean endWithin(Duration timeout) {
    try {
      return threads.awaitTermination(timeout.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
