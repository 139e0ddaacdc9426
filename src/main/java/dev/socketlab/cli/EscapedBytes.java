package dev.socketlab.cli;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Bytes as they are typed on a command line. */
final class EscapedBytes {
  private static final int HEX = 16;

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
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c != '\\') {
        bytes.writeBytes(Character.toString(text.codePointAt(i)).getBytes(StandardCharsets.UTF_8));
        i += Character.charCount(text.codePointAt(i)) - 1;
        continue;
      }
      i++;
      char kind = i < text.length() ? text.charAt(i) : ' ';
      switch (kind) {
        case 'r' -> bytes.write('\r');
        case 'n' -> bytes.write('\n');
        case 't' -> bytes.write('\t');
        case '0' -> bytes.write(0);
        case '\\' -> bytes.write('\\');
        case 'x' -> {
          if (i + 2 >= text.length() || !text.substring(i + 1, i + 3).matches("[0-9A-Fa-f]{2}")) {
            throw unknown(option, text);
          }
          bytes.write(Integer.parseInt(text.substring(i + 1, i + 3), HEX));
          i += 2;
        }
        default -> throw unknown(option, text);
      }
    }
    return bytes.toByteArray();
  }

  private static IllegalArgumentException unknown(String option, String text) {
    return new IllegalArgumentException(
        option + " = \"" + text + "\": a backslash goes before r, n, t, 0, \\ or xHH");
  }
}
