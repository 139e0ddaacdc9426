package dev.socketlab.experiment;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;

/** Reads whole numbers strictly: all of the text, and within the range. */
final class WholeNumber {

  private WholeNumber() {}

  static long parse(String text, long min, long max) {
    BigInteger value;
    try {
      value = new BigInteger(text);
    } catch (NumberFormatException _) {
      throw new IllegalArgumentException("is no whole number");
    }
    if (value.compareTo(BigInteger.valueOf(min)) < 0
        || value.compareTo(BigInteger.valueOf(max)) > 0) {
      throw new IllegalArgumentException("is out of range");
    }
    return value.longValueExact();
  }

  static List<Integer> list(String text, int min, int max) {
    List<String> words =
        Arrays.stream(text.split("[\\s,]+")).filter(word -> !word.isEmpty()).toList();
    if (words.isEmpty()) {
      throw new IllegalArgumentException("holds no number");
    }
    return words.stream().map(word -> Math.toIntExact(parse(word, min, max))).toList();
  }
}
