package dev.socketlab.trace;

import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;

/**
 * A tracer could not count, ended too early, or counted what cannot be true. The message holds its
 * own words. There is no result: part of a count is no count.
 *
 * {@snippet :
 * assertThatExceptionOfType(TraceException.class)
 *     .isThrownBy(() -> measurement.perOperation(1_000, load));
 * }
 */
@API(status = Status.EXPERIMENTAL, since = "0.1")
public final class TraceException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /**
   * Made by the framework.
   *
   * @param message what went wrong
   */
  public TraceException(String message) {
    super(message);
  }

  /**
   * Made by the framework.
   *
   * @param message what went wrong
   * @param cause why
   */
  public TraceException(String message, Throwable cause) {
    super(message, cause);
  }
}
