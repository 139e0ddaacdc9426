package dev.socketlab.subject;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What is said of every subject, be it a process or a container. */
abstract class Description<B extends Description<B>> implements SubjectPlan {

  final Map<String, String> environment = new LinkedHashMap<>();
  final List<String> parent = new ArrayList<>();
  String name;
  Duration readyWithin;
  Duration grace = Duration.ofSeconds(5);
  @Nullable Pattern readyPattern;

  Description(String name, Duration readyWithin) {
    this.name = name;
    this.readyWithin = readyWithin;
  }

  /** The builder itself, by its own type. */
  abstract B self();

  /**
   * Names the subject in messages and names its log file.
   *
   * @param name letters, digits, dots, dashes and underscores
   * @return this
   */
  public B named(String name) {
    if (!name.matches("[A-Za-z0-9._-]+")) {
      throw new IllegalArgumentException(
          "name=\"" + name + "\" must be of letters, digits, dots, dashes and underscores");
    }
    this.name = name;
    return self();
  }

  @Override
  public B childOf(String... command) {
    parent.clear();
    parent.addAll(List.of(command));
    return self();
  }

  /**
   * Sets a variable of the subject's environment.
   *
   * @param variable its name
   * @param value its value; of a process of this machine <code>{port}</code> stands for a free port
   * @return this
   */
  public B environment(String variable, String value) {
    environment.put(variable, value);
    return self();
  }

  /**
   * Makes the subject ready when it prints a line that contains the pattern. Where the pattern has
   * a group, the first one is the port that it listens on.
   *
   * @param pattern a regular expression
   * @return this
   */
  public B readyWhen(String pattern) {
    this.readyPattern = Pattern.compile(pattern);
    return self();
  }

  /**
   * Bounds the wait for readiness.
   *
   * @param atMost how long to wait on a usual machine; a slow one is given more, see {@code
   *     socketlab.timeout.factor}
   * @return this
   */
  public B readyWithin(Duration atMost) {
    this.readyWithin = Objects.requireNonNull(atMost);
    return self();
  }

  /**
   * Bounds the wait for an orderly end before the subject is killed; 5 seconds by default.
   *
   * @param atMost how long to wait on a usual machine; a slow one is given more, see {@code
   *     socketlab.timeout.factor}
   * @return this
   */
  public B stopWithin(Duration atMost) {
    this.grace = Objects.requireNonNull(atMost);
    return self();
  }
}
