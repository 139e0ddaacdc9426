package dev.socketlab.probe;

import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * Report that a probe could not read its source, could not parse it, or read figures that cannot be
 * true.
 *
 * <p>A probe never answers with a default value: a fabricated 0 is a fabricated result. The message
 * names the source and, for a line that could not be parsed, its number, its raw text and what was
 * expected there.
 *
 * <pre>{@code
 * try {
 *   ThreadUsage.read(pid);
 * } catch (ProbeException failure) {
 *   System.err.println(failure.source() + ": " + failure.rawLine().orElse("no line"));
 * }
 * }</pre>
 */
public final class ProbeException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private static final int NO_LINE = 0;

  /** What was read. */
  private final String source;

  /** Line at fault, counted from 1; 0 when it is no single line. */
  private final int lineNumber;

  /** Text of the line at fault; null when it is no single line. */
  private final @Nullable String rawLine;

  private ProbeException(
      String message,
      String source,
      int lineNumber,
      @Nullable String rawLine,
      @Nullable Throwable cause) {
    super(message, cause);
    this.source = source;
    this.lineNumber = lineNumber;
    this.rawLine = rawLine;
  }

  static ProbeException unreadable(String source, Throwable cause) {
    return new ProbeException(
        "cannot read: source=" + source + ", cause=" + cause, source, NO_LINE, null, cause);
  }

  static ProbeException malformed(Line line, String expected) {
    String message =
        "cannot parse: source=%s, line=%d, raw=\"%s\", expected=%s"
            .formatted(line.source(), line.number(), line.text(), expected);
    return new ProbeException(message, line.source(), line.number(), line.text(), null);
  }

  static ProbeException incomplete(String source, String expected) {
    return new ProbeException(
        "incomplete: source=" + source + ", expected=" + expected, source, NO_LINE, null, null);
  }

  static ProbeException inconsistent(String source, String fact) {
    return new ProbeException(fact + ": source=" + source, source, NO_LINE, null, null);
  }

  static ProbeException backwards(String source, String counter, long before, long after) {
    return inconsistent(
        source,
        "counter went backwards: counter=%s, before=%d, after=%d"
            .formatted(counter, before, after));
  }

  /**
   * Name what was read.
   *
   * @return a path or a tool's name
   */
  public String source() {
    return source;
  }

  /**
   * Tell which line could not be parsed.
   *
   * @return its number, counted from 1; empty when no single line is at fault
   */
  public OptionalInt lineNumber() {
    return lineNumber == NO_LINE ? OptionalInt.empty() : OptionalInt.of(lineNumber);
  }

  /**
   * Show the line that could not be parsed.
   *
   * @return its raw text; empty when no single line is at fault
   */
  public Optional<String> rawLine() {
    return Optional.ofNullable(rawLine);
  }
}
