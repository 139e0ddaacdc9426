package dev.socketlab.testkit;

import dev.socketlab.internal.os.ErrorText;
import dev.socketlab.internal.os.OperatingSystem;

/** What the system says of an error, in the language in which this JVM was started. */
public enum SystemWords {
  NOT_PERMITTED(1, "Operation not permitted"),
  NOT_A_DIRECTORY(20, "Not a directory"),
  TOO_MANY_OPEN_FILES(24, "Too many open files"),
  NO_SPACE(28, "No space left on device"),
  READ_ONLY(30, "Read-only file system"),
  ADDRESS_IN_USE(98, "Address already in use"),
  CONNECTION_REFUSED(111, "Connection refused");

  private final int linux;
  private final String english;

  SystemWords(int linux, String english) {
    this.linux = linux;
    this.english = english;
  }

  /**
   * Says the error.
   *
   * @return the words, in English on other systems, whose numbers differ
   */
  @Override
  public String toString() {
    return OperatingSystem.isLinux() ? ErrorText.of(linux) : english;
  }
}
