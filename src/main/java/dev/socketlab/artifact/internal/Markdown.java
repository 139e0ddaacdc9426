package dev.socketlab.artifact.internal;

import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * Keeps a text from being read as markup of GitHub's Markdown.
 *
 * {@snippet :
 * String line = Markdown.row("mechanism", Markdown.escape(mechanism.statement()));
 * }
 */
public final class Markdown {
  private Markdown() {}

  /**
   * Escapes tables, tags, emphasis and links.
   *
   * @param text any text
   * @return Markdown that shows the text
   */
  public static String escape(String text) {
    return text.replaceAll("([\\\\`*_\\[\\]|~#])", "\\\\$1")
        .replace("&", "&amp;")
        .replace("<", "&lt;");
  }

  /**
   * Writes a row of a table.
   *
   * @param cells the texts; a line break within one is kept
   * @return the row, escaped, without a line break
   */
  public static String row(String... cells) {
    return Arrays.stream(cells)
        .map(cell -> " " + escape(cell).replace("\n", "<br>") + " |")
        .collect(Collectors.joining("", "|", ""));
  }
}
