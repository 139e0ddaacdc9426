package dev.socketlab.load;

/**
 * A server's reply that the protocol does not allow.
 *
 * {@snippet :
 * throw new ViolationException("token=" + token + ", expected=" + expected);
 * }
 */
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
