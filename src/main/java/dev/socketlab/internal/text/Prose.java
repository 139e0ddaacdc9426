package dev.socketlab.internal.text;

import java.util.ArrayList;
import java.util.List;

/** Wraps sentences to the width of a page; widths count characters, not bytes. */
public final class Prose {
  public static final int WIDTH = 100;

  private Prose() {}

  /**
   * Wrap a text behind a label; all lines but the first are indented by the label's width. Line
   * breaks and leading spaces of the text are kept, other control characters are made visible.
   */
  public static List<String> wrap(String label, String text) {
    List<String> lines = new ArrayList<>();
    String indent = " ".repeat(length(label));
    for (String line : text.replace("\r\n", "\n").split("\n", -1)) {
      String visible = visible(line);
      String leading = visible.substring(0, visible.length() - visible.stripLeading().length());
      fill((lines.isEmpty() ? label : indent) + leading, indent + leading, visible.strip(), lines);
    }
    return lines;
  }

  public static int length(String text) {
    return text.codePointCount(0, text.length());
  }

  public static String padRight(String text, int width) {
    return text + " ".repeat(Math.max(0, width - length(text)));
  }

  public static String padLeft(String text, int width) {
    return " ".repeat(Math.max(0, width - length(text))) + text;
  }

  private static void fill(String first, String rest, String text, List<String> lines) {
    StringBuilder line = new StringBuilder(first);
    boolean empty = true;
    for (String word : pieces(text, WIDTH - length(rest))) {
      if (!empty && length(line.toString()) + 1 + length(word) > WIDTH) {
        lines.add(line.toString().stripTrailing());
        line = new StringBuilder(rest);
        empty = true;
      }
      line.append(empty ? "" : " ").append(word);
      empty = false;
    }
    lines.add(line.toString().stripTrailing());
  }

  /** Split into words, and words that no line could hold into pieces. */
  private static List<String> pieces(String text, int room) {
    List<String> pieces = new ArrayList<>();
    for (String word : text.split(" +", -1)) {
      String remaining = word;
      while (length(remaining) > Math.max(room, 1)) {
        int end = remaining.offsetByCodePoints(0, Math.max(room, 1));
        pieces.add(remaining.substring(0, end));
        remaining = remaining.substring(end);
      }
      pieces.add(remaining);
    }
    return pieces;
  }

  private static String visible(String line) {
    StringBuilder visible = new StringBuilder();
    line.replace("\t", "    ")
        .codePoints()
        .forEach(c -> {
          if (Character.isISOControl(c)) {
            visible.append("\\u%04x".formatted(c));
          } else {
            visible.appendCodePoint(c);
          }
        });
    return visible.toString();
  }
}
