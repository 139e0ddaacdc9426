package dev.socketlab.place;

/**
 * A subject could not be started, was not ready in time, ended too early or ended badly. The
 * message holds the end of the subject's output. Whatever was measured with it is invalid.
 *
 * <pre>{@code
 * assertThatExceptionOfType(SubjectException.class)
 *     .isThrownBy(() -> lab.command("my-server", "--no-such-option").readyWhen("ready").start())
 *     .withMessageContaining("ended with exit code 1");
 * }</pre>
 */
public final class SubjectException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  SubjectException(String message) {
    super(message);
  }

  SubjectException(String message, Throwable cause) {
    super(message, cause);
  }
}
