package dev.socketlab.load;

import java.io.IOException;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;

/**
 * Is called between the parts of a load, on the calling thread, while no driver thread runs and no
 * request is unanswered: the place to read the server's counters.
 *
 * {@snippet :
 * var before = new AtomicReference<ProcessUsage>();
 * LoadDriver.run(plan, conversations, new LoadListener() {
 *   @Override
 *   public void beforeMeasurement() {
 *     before.set(ProcessUsage.read(pid));
 *   }
 * });
 * }
 */
@API(status = Status.EXPERIMENTAL, since = "0.1")
public interface LoadListener {

  /**
   * Persistent connections only: each is established, as the client sees it, or has failed, and
   * nothing has been said. The server may still have to accept some of them.
   *
   * @throws IOException if the load is to end here
   */
  default void connected() throws IOException {}

  /**
   * The warm-up is over, if there is one. No session is open, except persistent connections, which
   * are idle.
   *
   * @throws IOException if the load is to end here
   */
  default void beforeMeasurement() throws IOException {}

  /**
   * The measured part is over. Persistent connections are still open.
   *
   * @throws IOException if the load is to end here
   */
  default void afterMeasurement() throws IOException {}
}
