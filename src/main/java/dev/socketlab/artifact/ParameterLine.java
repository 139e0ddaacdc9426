package dev.socketlab.artifact;

/**
 * One parameter of the run, as it would be given on a command line, and where its value came from.
 *
 * <pre>{@code
 * artifact
 *     .parameters()
 *     .forEach(p -> System.out.println(p.key() + " = " + p.value() + ", " + p.origin()));
 * }</pre>
 *
 * @param key the name, such as {@code socketlab.stress.orders}
 * @param value the value, exactly as it was understood
 * @param unit the unit of the value, or empty
 * @param origin where the value came from: {@code default}, {@code system property}, {@code JUnit
 *     configuration parameter}, or {@code environment} followed by the variable's name
 * @param doc one line on what the parameter does, or empty
 */
public record ParameterLine(String key, String value, String unit, String origin, String doc) {
  /** Check that the parameter has a key and an origin. */
  public ParameterLine {
    Require.oneLineOfText(key, "the key of a parameter");
    Require.oneLine(value, "the value of parameter " + key);
    Require.oneLine(unit, "the unit of parameter " + key);
    Require.oneLineOfText(origin, "the origin of parameter " + key);
    Require.oneLine(doc, "the documentation of parameter " + key);
  }
}
