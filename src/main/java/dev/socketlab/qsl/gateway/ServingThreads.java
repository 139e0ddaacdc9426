package dev.socketlab.qsl.gateway;

import java.time.Duration;

/** Makes the threads that serve connections, each one at a time. */
interface ServingThreads {
  /**
   * Run a connection on a thread of its own.
   *
   * @throws OutOfMemoryError if the system refuses another thread
   */
  void serve(Runnable connection);

  /** End the threads that wait, and the others as soon as their connection has ended. */
  void shutdown();

  /** Wait until all threads have ended after a shutdown; false if some have not. */
  boolean endWithin(Duration timeout);
}
