package dev.socketlab.experiment;

/** Where the value of a parameter came from. */
enum Origin {
  /** A configuration parameter of JUnit, for instance from a suite or junit-platform.properties. */
  CONFIGURATION("JUnit configuration parameter"),
  /** A system property of the test's JVM; Maven hands its own {@code -D} on. */
  PROPERTY("system property"),
  /** The classic environment variable. */
  ENVIRONMENT("environment"),
  /** The declaration. */
  DEFAULT("default");

  private final String label;

  Origin(String label) {
    this.label = label;
  }

  String describe(Parameter<?> parameter) {
    return this == ENVIRONMENT ? label + " " + parameter.environment().orElse("") : label;
  }
}
