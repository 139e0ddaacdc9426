package dev.socketlab.qsl.gateway;

import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Makes the threads that serve connections. Linux shows 15 characters of a thread's name, which is
 * enough for the first 99,999.
 */
final class ServingThreads implements ThreadFactory {
  private final AtomicInteger made = new AtomicInteger();

  @Override
  public Thread newThread(Runnable task) {
    Thread thread = new Thread(null, task, "qsl-serve-" + made.incrementAndGet(), 0, false);
    thread.setDaemon(true);
    return thread;
  }
}
