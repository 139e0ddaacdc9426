package dev.socketlab.load;

import java.io.IOException;
import java.net.BindException;
import java.net.ConnectException;

/**
 * Why an operation failed. The kernel's reasons are told from the C library's words for them; where
 * these are not English, they are {@link #OTHER}.
 *
 * {@snippet :
 * assertThat(result.failures().count(FailureKind.CONNECT_REFUSED)).isZero();
 * }
 */
public enum FailureKind {
  /** Nobody listens at the address: ECONNREFUSED. */
  CONNECT_REFUSED,
  /** The client has no port left for the connection: EADDRNOTAVAIL. */
  NO_LOCAL_PORT,
  /** The process has no file descriptor left: EMFILE. */
  NO_DESCRIPTOR,
  /** The server reset the connection: ECONNRESET, or EPIPE in a later write. */
  RESET,
  /** The server closed the connection before it had answered. */
  CLOSED_EARLY,
  /** The conversation refused a reply, or bytes came that were not asked for. */
  VIOLATION,
  /** The plan's time limit passed. */
  TIMED_OUT,
  /** Open loop: as many as allowed were outstanding when it should have started. */
  NOT_STARTED,
  /** The plan's deadline passed while it ran, or before it could start. */
  DEADLINE,
  /** Anything else; the words say what. */
  OTHER;

  static FailureKind of(IOException e) {
    String message = String.valueOf(e.getMessage());
    if (e instanceof BindException && message.startsWith("Cannot assign requested address")) {
      return NO_LOCAL_PORT;
    }
    if (e instanceof ConnectException && message.startsWith("Connection refused")) {
      return CONNECT_REFUSED;
    }
    if (message.startsWith("Connection reset") || message.startsWith("Broken pipe")) {
      return RESET;
    }
    return message.startsWith("Too many open files") ? NO_DESCRIPTOR : OTHER;
  }
}
