package dev.socketlab.trace;

import dev.socketlab.place.Subject;

/**
 * Drives a subject through a number of operations, one after the other, and returns when the last
 * one is complete. What it does once (connect, close) does not count, what it does for each
 * operation does.
 *
 * <p>Wait for the reply to one operation before sending the next: a server that finds two requests
 * in one read makes fewer calls, how many fewer being a matter of luck.
 *
 * <pre>{@code
 * Load requests = (server, operations) -> {
 *   for (long i = 0; i < operations; i++) {
 *     request(server.address());
 *   }
 * };
 * }</pre>
 */
@FunctionalInterface
public interface Load {

  /**
   * Drive.
   *
   * @param subject what to drive, running and ready
   * @param operations how many, at least 1
   * @throws Exception whatever goes wrong; the measurement is invalid then
   */
  void drive(Subject subject, long operations) throws Exception;
}
