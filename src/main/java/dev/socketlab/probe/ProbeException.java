package dev.socketlab.probe;

import java.util.Optional;
import java.util.OptionalInt;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;
import org.jspecify.annotations.Nullable;

/**
 * Report that a probe could not read its source, could not parse it, or read figures that cannot be
 * true.
 *
 * <p>A probe never answers with a default value: a fabricated 0 is a fabricated result. The message
 * names the source and, for a line that could not be parsed, its number, its raw text and what was
 * expected there.
 *
 * {@snippet :
 * try {
 *   ThreadUsage.read(pid);
 * } catch (ProbeException failure) {
 *   System.err.println(failure.source() + ": " + failure.rawLine().orElse("no line"));
 * }
 * }
 */
@API(status = Status.EXPERIMENTAL, since = "0.1")
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

  /**
   * Report that the source could not be read.
   *
   * @param source a path or a tool's name
   * @param cause why
   * @return the exception
   */
  public static ProbeException unreadable(String source, Throwable cause) {
    return new ProbeException(
        "cannot read: source=" + source + ", cause=" + cause, source, NO_LINE, null, cause);
  }

  /**
   * Report a line that is not as the probe knows it.
   *
   * @param source a path or a tool's name
   * @param lineNumber counted from 1
   * @param rawLine the text of the line
   * @param expected what was expected there, and what was found
   * @return the exception
   */
  public static ProbeException malformed(
      String source, int lineNumber, String rawLine, String expected) {
    String message =
        "cannot parse: source=%s, line=%d, raw=\"%s\", expected=%s"
            .formatted(source, lineNumber, rawLine, expected);
    return new ProbeException(message, source, lineNumber, rawLine, null);
  }

  /**
   * Report that something is missing.
   *
   * @param source a path or a tool's name
   * @param expected what should have been there
   * @return the exception
   */
  public static ProbeException incomplete(String source, String expected) {
    return new ProbeException(
        "incomplete: source=" + source + ", expected=" + expected, source, NO_LINE, null, null);
  }

  /**
   * Report figures that cannot be true together.
   *
   * @param source a path or a tool's name
   * @param fact what does not agree
   * @return the exception
   */
  public static ProbeException inconsistent(String source, String fact) {
    return new ProbeException(fact + ": source=" + source, source, NO_LINE, null, null);
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
