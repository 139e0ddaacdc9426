package dev.socketlab.gate;

/**
 * A gate that this run demands is closed: the run fails instead of skipping. Carries no stack
 * trace, because the message is all there is to know.
 */
public final class GateClosedException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  GateClosedException(String message) {
    super(message, null, false, false);
  }
}
