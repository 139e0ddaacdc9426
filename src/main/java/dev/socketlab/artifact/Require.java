package dev.socketlab.artifact;

/** Checks that the records of a document share. */
final class Require {
  private Require() {}

  static String text(String value, String what) {
    if (value.isBlank()) {
      throw new IllegalArgumentException(what + " is blank: an artifact leaves nothing unsaid");
    }
    return value;
  }

  static String oneLine(String value, String what) {
    if (value.chars().anyMatch(Character::isISOControl)) {
      throw new IllegalArgumentException(
          what + " has a line break or a control character, but must be one line: '" + value + "'");
    }
    return value;
  }

  static String oneLineOfText(String value, String what) {
    return oneLine(text(value, what), what);
  }
}
