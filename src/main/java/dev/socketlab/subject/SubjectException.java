package dev.socketlab.subject;

import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;

/**
 * A subject could not be started, was not ready in time, ended too early or ended badly. The
 * message holds the end of the subject's output. Whatever was measured with it is invalid.
 *
 * {@snippet :
 * assertThatExceptionOfType(SubjectException.class)
 *     .isThrownBy(() -> lab.command("my-server", "--no-such-option").readyWhen("ready").start())
 *     .withMessageContaining("ended with exit code 1");
 * }
 */
@API(status = Status.MAINTAINED, since = "0.1")
public final class SubjectException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /**
   * Made by the framework.
   *
   * @param message what happened to which subject
   */
  public SubjectException(String message) {
    super(message);
  }

  /**
   * Made by the framework.
   *
   * @param message what happened to which subject
   * @param cause why
   */
  public SubjectException(String message, Throwable cause) {
    super(message, cause);
  }
}
