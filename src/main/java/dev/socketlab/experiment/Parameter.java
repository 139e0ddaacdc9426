package dev.socketlab.experiment;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;
import org.jspecify.annotations.Nullable;

/**
 * A tunable of an experiment: key, type, default, range, unit and documentation in one declaration.
 * Declare it as a {@code static final} field of the experiment's class, or of an interface that the
 * class implements; the framework then reads every declared parameter before anything starts, and
 * records its value and origin in the artifact.
 *
 * <p>Sources, highest first: the JUnit configuration parameter of that key, the system property
 * ({@code -Dsocketlab.stress.orders=200}), the environment variable, the default.
 *
 * {@snippet :
 * static final Parameter<Integer> REQUESTS =
 *     Parameter.integer("web.requests", 500, 1, 1_000_000).unit("requests").doc("load measured");
 *
 * @Trials
 * void get(Lab lab) {
 *   int requests = lab.get(REQUESTS);
 * }
 * }
 *
 * @param <T> the type of its value
 */
@API(status = Status.MAINTAINED, since = "0.1")
public final class Parameter<T> {

  private final String key;
  private final T defaultValue;
  private final String range;
  private final Function<String, T> parser;
  private final Function<T, String> formatter;
  private final @Nullable String environment;
  private final String unit;
  private final String doc;

  private Parameter(
      String key,
      T defaultValue,
      String range,
      Function<String, T> parser,
      Function<T, String> formatter,
      @Nullable String environment,
      String unit,
      String doc) {
    this.key = key;
    this.defaultValue = defaultValue;
    this.range = range;
    this.parser = parser;
    this.formatter = formatter;
    this.environment = environment;
    this.unit = unit;
    this.doc = doc;
  }

  /**
   * A whole number.
   *
   * @param key the key of the configuration parameter and system property
   * @param defaultValue the value where nothing is set
   * @param min the least value allowed
   * @param max the greatest value allowed
   * @return the declaration
   */
  public static Parameter<Integer> integer(String key, int defaultValue, int min, int max) {
    return number(key, defaultValue, min, max, Math::toIntExact);
  }

  /**
   * A whole number of 64 bits.
   *
   * @param key the key of the configuration parameter and system property
   * @param defaultValue the value where nothing is set
   * @param min the least value allowed
   * @param max the greatest value allowed
   * @return the declaration
   */
  public static Parameter<Long> longInteger(String key, long defaultValue, long min, long max) {
    return number(key, defaultValue, min, max, value -> value);
  }

  /**
   * A list of whole numbers, written with spaces or commas between them.
   *
   * @param key the key of the configuration parameter and system property
   * @param defaultValue the value where nothing is set
   * @param min the least value allowed for each
   * @param max the greatest value allowed for each
   * @return the declaration
   */
  public static Parameter<List<Integer>> integers(
      String key, List<Integer> defaultValue, int min, int max) {
    return new Parameter<>(
        key,
        List.copyOf(defaultValue),
        "whole numbers from " + min + " to " + max + " with spaces between them",
        text -> WholeNumber.list(text, min, max),
        list -> String.join(" ", list.stream().map(String::valueOf).toList()),
        null,
        "",
        "");
  }

  /**
   * A switch; {@code 1} and {@code true} turn it on, {@code 0} and {@code false} off.
   *
   * @param key the key of the configuration parameter and system property
   * @param defaultValue the value where nothing is set
   * @return the declaration
   */
  public static Parameter<Boolean> flag(String key, boolean defaultValue) {
    return new Parameter<>(
        key, defaultValue, "0, 1, false or true", Parameter::flag, String::valueOf, null, "", "");
  }

  /**
   * One of several values, written as their {@code toString()} says.
   *
   * @param key the key of the configuration parameter and system property
   * @param defaultValue the value where nothing is set
   * @param allowed all values allowed
   * @param <T> the type of the values, usually an enum
   * @return the declaration
   */
  public static <T> Parameter<T> choice(String key, T defaultValue, List<T> allowed) {
    return new Parameter<>(
        key,
        defaultValue,
        "one of " + String.join(", ", allowed.stream().map(String::valueOf).toList()),
        text ->
            allowed.stream()
                .filter(value -> value.toString().equals(text))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("is not known")),
        String::valueOf,
        null,
        "",
        "");
  }

  private static <N> Parameter<N> number(
      String key, N defaultValue, long min, long max, Function<Long, N> narrow) {
    return new Parameter<>(
        key,
        defaultValue,
        "a whole number from " + min + " to " + max,
        text -> narrow.apply(WholeNumber.parse(text, min, max)),
        String::valueOf,
        null,
        "",
        "");
  }

  private static boolean flag(String text) {
    return switch (text) {
      case "1", "true" -> true;
      case "0", "false" -> false;
      default -> throw new IllegalArgumentException("is no switch");
    };
  }

  /**
   * Names the environment variable that is read where no property is set.
   *
   * @param variable for instance {@code QSL_STRESS_ORDERS}
   * @return a copy of this declaration with the variable
   */
  public Parameter<T> environment(String variable) {
    return new Parameter<>(key, defaultValue, range, parser, formatter, variable, unit, doc);
  }

  /**
   * Names the unit.
   *
   * @param plural for instance {@code bytes}
   * @return a copy of this declaration with the unit
   */
  public Parameter<T> unit(String plural) {
    return new Parameter<>(key, defaultValue, range, parser, formatter, environment, plural, doc);
  }

  /**
   * Says what it is.
   *
   * @param sentence one line
   * @return a copy of this declaration with the documentation
   */
  public Parameter<T> doc(String sentence) {
    return new Parameter<>(
        key, defaultValue, range, parser, formatter, environment, unit, sentence);
  }

  /**
   * The key of the configuration parameter and system property.
   *
   * @return for instance {@code socketlab.stress.orders}
   */
  public String key() {
    return key;
  }

  /**
   * The environment variable.
   *
   * @return its name, or empty where there is none
   */
  public Optional<String> environment() {
    return Optional.ofNullable(environment);
  }

  /**
   * The default as text.
   *
   * @return what one would write to set it
   */
  public String defaultText() {
    return formatter.apply(defaultValue);
  }

  /**
   * What is accepted.
   *
   * @return for instance {@code a whole number from 1 to 100}
   */
  public String range() {
    return range;
  }

  /**
   * The unit.
   *
   * @return for instance {@code bytes}, or empty
   */
  public String unit() {
    return unit;
  }

  /**
   * What it is.
   *
   * @return one line, or empty
   */
  public String doc() {
    return doc;
  }

  T defaultValue() {
    return defaultValue;
  }

  String format(T value) {
    return formatter.apply(value);
  }

  /** Reads a value; throws with the parameter, the value, where it came from, and what to do. */
  T parse(String text, Origin origin) {
    try {
      return parser.apply(text.strip());
    } catch (IllegalArgumentException failure) {
      throw new ParameterException(
          key
              + "="
              + text
              + " ("
              + origin.describe(this)
              + ") "
              + failure.getMessage()
              + "; give "
              + range
              + (unit.isEmpty() ? "" : " " + unit)
              + " (default "
              + defaultText()
              + ")");
    }
  }

  /** Reads whole numbers strictly: all of the text, and within the range. */
  private static final class WholeNumber {

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
}
