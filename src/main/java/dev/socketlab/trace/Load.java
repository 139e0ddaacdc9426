package dev.socketlab.trace;

import dev.socketlab.subject.Subject;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;

/**
 * Drives a subject through a number of operations, one after the other, and returns when the last
 * one is complete. What it does once (connect, close) does not count, what it does for each
 * operation does.
 *
 * <p>Wait for the reply to one operation before sending the next: a server that finds two requests
 * in one read makes fewer calls, how many fewer being a matter of luck.
 *
 * {@snippet :
 * Load requests = (server, operations) -> {
 *   for (long i = 0; i < operations; i++) {
 *     request(server.address());
 *   }
 * };
 * }
 */
@API(status = Status.EXPERIMENTAL, since = "0.1")
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
