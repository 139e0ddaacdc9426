package dev.socketlab.experiment;

import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;

/**
 * A parameter's value is not accepted. Carries no stack trace: the message names the parameter, the
 * value, where it came from and what to give instead, which is all there is to know.
 *
 * {@snippet lang="text" :
 * redis.trials=0 (system property) is out of range; give a whole number from 1 to 100 (default 4)
 * }
 */
@API(status = Status.MAINTAINED, since = "0.1")
public final class ParameterException extends ExtensionConfigurationException {

  private static final long serialVersionUID = 1L;

  ParameterException(String message) {
    super(message);
  }

  /** Keeps the error to one line. */
  @Override
  public Throwable fillInStackTrace() {
    return this;
  }
}
