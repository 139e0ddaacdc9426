package dev.socketlab.load;

import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;

/**
 * A server's reply that the protocol does not allow.
 *
 * {@snippet :
 * throw new ViolationException("token=" + token + ", expected=" + expected);
 * }
 */
@API(status = Status.EXPERIMENTAL, since = "0.1")
public final class ViolationException extends Exception {
  private static final long serialVersionUID = 1;

  /**
   * Create a violation.
   *
   * @param message what came, and what is allowed
   */
  public ViolationException(String message) {
    super(message);
  }
}
