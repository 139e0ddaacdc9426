package dev.socketlab.script;

import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;

/**
 * A verb of a script did not come to its end: in time, or because the connection had ended. The
 * message names the verb, the bytes so far, and where the subjects stand.
 *
 * {@snippet :
 * assertThatExceptionOfType(ScriptException.class)
 *     .isThrownBy(() -> lab.script().connect(server.address()).read(1))
 *     .withMessageContaining("read 0 of 1 bytes");
 * }
 */
@API(status = Status.EXPERIMENTAL, since = "0.1")
public final class ScriptException extends RuntimeException {
  private static final long serialVersionUID = 1;

  /**
   * Made by the framework.
   *
   * @param message which verb, how far it came, and where the subjects stand
   */
  public ScriptException(String message) {
    super(message);
  }

  /**
   * Made by the framework.
   *
   * @param message which verb, how far it came, and where the subjects stand
   * @param cause why
   */
  public ScriptException(String message, Throwable cause) {
    super(message, cause);
  }
}
