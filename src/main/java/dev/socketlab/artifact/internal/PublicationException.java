package dev.socketlab.artifact.internal;

/**
 * An artifact could not be published. The message names the folder, the cause and what to do; the
 * artifact that was published before is unchanged.
 *
 * {@snippet :
 * assertThatExceptionOfType(PublicationException.class)
 *     .isThrownBy(() -> Publication.guarded().publish(artifact, readOnly));
 * }
 */
public final class PublicationException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public PublicationException(String message, Throwable cause) {
    super(message, cause);
  }

  public PublicationException(String message) {
    super(message);
  }
}
