package dev.socketlab.qsl.app;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Converts plain decimal digits within a range; signs, blanks and other notations are refused. */
final class DecimalConverter implements ITypeConverter<Long> {
  private static final long HIGHEST_UNSIGNED = -1;

  private final long lowest;
  private final long highest;

  private DecimalConverter(long lowest, long highest) {
    this.lowest = lowest;
    this.highest = highest;
  }

  /** Create a converter for a range; both ends belong to it and are at least 0. */
  static DecimalConverter range(long lowest, long highest) {
    return new DecimalConverter(lowest, highest);
  }

  /** Create a converter for all unsigned 64-bit values. */
  static DecimalConverter unsignedLong() {
    return new DecimalConverter(0, HIGHEST_UNSIGNED);
  }

  /** Return the range as usage texts show it. */
  String allowed() {
    return lowest + ".." + Long.toUnsignedString(highest);
  }

  @Override
  public Long convert(String value) {
    if (hasOnlyDigits(value)) {
      try {
        long number = Long.parseUnsignedLong(value);
        if (Long.compareUnsigned(number, lowest) >= 0
            && Long.compareUnsigned(number, highest) <= 0) {
          return number;
        }
      } catch (NumberFormatException e) {
        // Needs more than 64 bits: out of range like any other.
      }
    }
    throw new TypeConversionException("value=" + value + ", allowed=" + allowed());
  }

  private static boolean hasOnlyDigits(String value) {
    for (int i = 0; i < value.length(); i++) {
      if (value.charAt(i) < '0' || value.charAt(i) > '9') {
        return false;
      }
    }
    return !value.isEmpty();
  }
}
