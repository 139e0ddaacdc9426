package dev.socketlab.gate;

/**
 * A gate that this run demands is closed: the run fails instead of skipping. Carries no stack
 * trace, because the message is all there is to know.
 *
 * <pre>{@code
 * try {
 *   check.failIfDemanded();
 * } catch (GateClosedException closed) {
 *   System.err.println(closed.getMessage());
 * }
 * }</pre>
 */
public final class GateClosedException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  GateClosedException(String message) {
    super(message, null, false, false);
  }
}
