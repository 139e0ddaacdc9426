package dev.socketlab.gate.internal;

/**
 * A gate that this run demands is closed: the run fails instead of skipping. Carries no stack
 * trace, because the message is all there is to know.
 *
 * {@snippet :
 * try {
 *   check.failIfDemanded();
 * } catch (GateClosedException closed) {
 *   System.err.println(closed.getMessage());
 * }
 * }
 */
public final class GateClosedException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public GateClosedException(String message) {
    super(message, null, false, false);
  }
}
