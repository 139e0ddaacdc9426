package dev.socketlab.cli;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Bytes as they are typed on a command line. */
final class EscapedBytes {
  private static final int HEX = 16;
  private static final Pattern PART =
      Pattern.compile("\\\\x([0-9A-Fa-f]{2})|\\\\([rnt0\\\\])|[^\\\\]+");

  private EscapedBytes() {}

  /**
   * Reads {@code \r}, {@code \n}, {@code \t}, {@code \0}, {@code \\} and {@code \xHH}; the rest is
   * UTF-8.
   *
   * @param option for the message
   * @param text as typed
   * @return the bytes
   * @throws IllegalArgumentException at another backslash
   */
  static byte[] of(String option, String text) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    Matcher part = PART.matcher(text);
    int end = 0;
    while (part.find() && part.start() == end) {
      end = part.end();
      if (part.group(1) != null) {
        bytes.write(Integer.parseInt(part.group(1), HEX));
      } else if (part.group(2) != null) {
        bytes.write("\r\n\t\0\\".charAt("rnt0\\".indexOf(part.group(2))));
      } else {
        bytes.writeBytes(part.group().getBytes(StandardCharsets.UTF_8));
      }
    }
    if (end < text.length()) {
      throw unknown(option, text);
    }
    return bytes.toByteArray();
  }

  private static IllegalArgumentException unknown(String option, String text) {
    return new IllegalArgumentException(
        option + " = \"" + text + "\": a backslash goes before r, n, t, 0, \\ or xHH");
  }
}
