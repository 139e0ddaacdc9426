package dev.socketlab.probe.internal;

import dev.socketlab.probe.ProbeException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * One line of a kernel file or of a tool's output, with the place it came from; numbers count from
 * 1.
 */
public record Line(String source, int number, String text) {

  public static List<Line> of(String source, List<String> lines) {
    return IntStream.range(0, lines.size())
        .mapToObj(i -> new Line(source, i + 1, lines.get(i)))
        .toList();
  }

  public ProbeException malformed(String expected) {
    return ProbeException.malformed(source, number, text, expected);
  }

  public List<String> fields() {
    String stripped = text.strip();
    return stripped.isEmpty() ? List.of() : Arrays.asList(stripped.split("\\s+"));
  }

  public List<String> fields(int... allowedCounts) {
    List<String> fields = fields();
    if (IntStream.of(allowedCounts).noneMatch(count -> count == fields.size())) {
      throw malformed(
          "%s fields, found %d"
              .formatted(
                  String.join(
                      " or ", IntStream.of(allowedCounts).mapToObj(String::valueOf).toList()),
                  fields.size()));
    }
    return fields;
  }

  public void requireHeader(List<String> columns) {
    if (!fields().equals(columns)) {
      throw malformed("the header \"" + String.join(" ", columns) + "\"");
    }
  }

  /** Parse a decimal number of at least 0. */
  public long unsigned(String token, String column) {
    long value = signed(token, column);
    if (value < 0) {
      throw malformed(column + " >= 0, found " + token);
    }
    return value;
  }

  public long signed(String token, String column) {
    try {
      return Long.parseLong(token);
    } catch (NumberFormatException _) {
      throw malformed(column + " as a decimal number of 64 bits, found \"" + token + "\"");
    }
  }

  /**
   * Parse up to 8 hexadecimal digits without a prefix, as the kernel's {@code %08X} writes them.
   */
  public long hex32(String token, String column) {
    if (!token.matches("[0-9A-Fa-f]{1,8}")) {
      throw malformed(column + " as 1 to 8 hexadecimal digits, found \"" + token + "\"");
    }
    return Long.parseLong(token, 16);
  }
}
