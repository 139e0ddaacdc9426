package dev.socketlab.experiment;

import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;
import org.opentest4j.TestAbortedException;

/**
 * Thrown by a mechanism that this run could not resolve, for instance because a clamp of the system
 * made two levels alike. Its verdict is INCONCLUSIVE, which is never counted as holding.
 *
 * {@snippet :
 * if (granted(SMALL) == granted(LARGE)) {
 *   throw new Inconclusive("rmem_max = " + max + " makes the levels small and large alike");
 * }
 * }
 */
@API(status = Status.MAINTAINED, since = "0.1")
public final class Inconclusive extends TestAbortedException {

  private static final long serialVersionUID = 1L;

  /**
   * Says why the run could not resolve the mechanism.
   *
   * @param reason what would have been needed and what was found
   */
  public Inconclusive(String reason) {
    super(reason);
  }
}
