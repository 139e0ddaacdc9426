package dev.socketlab.artifact;

/**
 * An artifact could not be published. The message names the folder, the cause and what to do; the
 * artifact that was published before is unchanged.
 *
 * <pre>{@code
 * assertThatExceptionOfType(PublicationException.class)
 *     .isThrownBy(() -> Publication.guarded().publish(artifact, readOnly));
 * }</pre>
 */
public final class PublicationException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  PublicationException(String message, Throwable cause) {
    super(message, cause);
  }

  PublicationException(String message) {
    super(message);
  }
}
