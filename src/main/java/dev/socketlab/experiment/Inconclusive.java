package dev.socketlab.experiment;

import org.opentest4j.TestAbortedException;

/**
 * Thrown by a mechanism that this run could not resolve, for instance because a clamp of the system
 * made two levels alike. Its verdict is INCONCLUSIVE, which is never counted as holding.
 *
 * <pre>{@code
 * if (granted(SMALL) == granted(LARGE)) {
 *   throw new Inconclusive("rmem_max = " + max + " makes the levels small and large alike");
 * }
 * }</pre>
 */
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
