package dev.socketlab.artifact.internal;

import dev.socketlab.internal.text.Prose;
import java.util.ArrayList;
import java.util.List;

/** Breaks a long shell command over lines so that it can still be pasted into a shell. */
public final class ShellLine {
  private static final String CONTINUED = " \\";

  private ShellLine() {}

  public static List<String> wrap(String label, String command) {
    String indent = " ".repeat(label.length() + 2);
    List<String> lines = new ArrayList<>();
    String line = label;
    boolean empty = true;
    for (String word : words(command)) {
      if (!empty && Prose.length(line + " " + word + CONTINUED) > Prose.WIDTH) {
        lines.add(line + CONTINUED);
        line = indent;
        empty = true;
      }
      line += (empty ? "" : " ") + word;
      empty = false;
    }
    lines.add(line);
    return lines;
  }

  /** Split at single spaces outside of quotes, where a shell allows a line to be continued. */
  private static List<String> words(String command) {
    List<String> words = new ArrayList<>();
    StringBuilder word = new StringBuilder();
    char quote = 0;
    for (int i = 0; i < command.length(); i++) {
      char c = command.charAt(i);
      if (c == ' ' && quote == 0) {
        words.add(word.toString());
        word.setLength(0);
        continue;
      }
      word.append(c);
      if (c == '\\' && quote != '\'' && i + 1 < command.length()) {
        word.append(command.charAt(++i));
      } else if (quote == 0 && (c == '"' || c == '\'')) {
        quote = c;
      } else if (c == quote) {
        quote = 0;
      }
    }
    words.add(word.toString());
    return words;
  }
}
