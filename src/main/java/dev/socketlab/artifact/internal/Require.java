package dev.socketlab.artifact.internal;

/** Checks that the records of a document share. */
public final class Require {
  private Require() {}

  public static String text(String value, String what) {
    if (value.isBlank()) {
      throw new IllegalArgumentException(what + " is blank: an artifact leaves nothing unsaid");
    }
    return value;
  }

  public static String oneLine(String value, String what) {
    if (value.chars().anyMatch(Character::isISOControl)) {
      throw new IllegalArgumentException(
          what + " has a line break or a control character, but must be one line: '" + value + "'");
    }
    return value;
  }

  public static String oneLineOfText(String value, String what) {
    return oneLine(text(value, what), what);
  }
}
