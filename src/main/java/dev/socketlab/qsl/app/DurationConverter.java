package dev.socketlab.qsl.app;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Converts a duration in milliseconds or seconds, such as {@code 500ms} or {@code 10s}. */
final class DurationConverter implements ITypeConverter<Duration> {
  static final String ALLOWED = "1 to 9 digits and ms or s";

  private static final Pattern DURATION = Pattern.compile("([0-9]{1,9})(ms|s)");

  @Override
  public Duration convert(String value) {
    Matcher duration = DURATION.matcher(value);
    if (!duration.matches()) {
      throw new TypeConversionException("value=" + value + ", allowed=" + ALLOWED);
    }
    long amount = Long.parseLong(duration.group(1));
    return duration.group(2).equals("s") ? Duration.ofSeconds(amount) : Duration.ofMillis(amount);
  }
}
