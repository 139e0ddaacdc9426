package dev.socketlab.load;

/** The check of a number in a plan. */
final class Range {

  private Range() {}

  static void check(String name, long value, long least, long most) {
    if (value < least || value > most) {
      throw new IllegalArgumentException(
          "out of range: " + name + "=" + value + ", allowed=" + least + " to " + most);
    }
  }
}
