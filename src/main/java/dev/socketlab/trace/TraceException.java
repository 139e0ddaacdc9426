package dev.socketlab.trace;

/**
 * A tracer could not count, ended too early, or counted what cannot be true. The message holds its
 * own words. There is no result: part of a count is no count.
 *
 * <pre>{@code
 * assertThatExceptionOfType(TraceException.class)
 *     .isThrownBy(() -> measurement.perOperation(1_000, load));
 * }</pre>
 */
public final class TraceException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  TraceException(String message) {
    super(message);
  }

  TraceException(String message, Throwable cause) {
    super(message, cause);
  }
}
