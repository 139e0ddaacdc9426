package dev.socketlab.place;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The file that a subject writes its standard output and error to, read while it grows. */
record SubjectOutput(Path file) {

  private static final int TAIL_LINES = 30;

  /** A second subject of the same name does not overwrite the evidence of the first. */
  static SubjectOutput fresh(Path folder, String name) throws IOException {
    Files.createDirectories(folder);
    for (int number = 1; ; number++) {
      Path log = folder.resolve(number == 1 ? name + ".log" : name + "-" + number + ".log");
      if (!Files.exists(log)) {
        return new SubjectOutput(Files.createFile(log));
      }
    }
  }

  /** The complete lines written so far: one that is still being written does not count. */
  List<String> lines() {
    String text = text();
    int end = text.lastIndexOf('\n');
    return end < 0 ? List.of() : text.substring(0, end).lines().toList();
  }

  /** The first complete line that contains the pattern. */
  Optional<MatchResult> find(Pattern pattern) {
    for (String line : lines()) {
      Matcher matcher = pattern.matcher(line);
      if (matcher.find()) {
        return Optional.of(matcher.toMatchResult());
      }
    }
    return Optional.empty();
  }

  /** The end of the output for an error message, each line indented. */
  String tail() {
    List<String> lines = text().lines().toList();
    if (lines.isEmpty()) {
      return "it printed nothing";
    }
    List<String> tail = lines.subList(Math.max(0, lines.size() - TAIL_LINES), lines.size());
    return "the end of its output:\n    " + String.join("\n    ", tail);
  }

  private String text() {
    try {
      return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
    } catch (IOException failure) {
      throw new UncheckedIOException("cannot read the output of a subject: " + file, failure);
    }
  }
}
