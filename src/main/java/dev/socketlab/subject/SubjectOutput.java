package dev.socketlab.subject;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

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

  /** Looks for the first complete line that contains the pattern, however often it is asked. */
  Search search(Pattern pattern) {
    return new Search(file, pattern);
  }

  /**
   * Reads what is new since it was last asked, and no more: a subject that says much is not to be
   * disturbed by being listened to.
   */
  static final class Search {

    private final Path file;
    private final Pattern pattern;
    private long seenBytes;
    private @Nullable MatchResult found;

    private Search(Path file, Pattern pattern) {
      this.file = file;
      this.pattern = pattern;
    }

    Optional<MatchResult> find() {
      if (found == null) {
        String fresh = fresh();
        found =
            fresh
                .lines()
                .map(pattern::matcher)
                .filter(Matcher::find)
                .map(Matcher::toMatchResult)
                .findFirst()
                .orElse(null);
      }
      return Optional.ofNullable(found);
    }

    private String fresh() {
      try (InputStream in = Files.newInputStream(file)) {
        in.skipNBytes(seenBytes);
        byte[] bytes = in.readAllBytes();
        int end = bytes.length;
        while (end > 0 && bytes[end - 1] != '\n') {
          end--; // a line that is still being written
        }
        seenBytes += end;
        return new String(bytes, 0, end, StandardCharsets.UTF_8);
      } catch (IOException failure) {
        throw new UncheckedIOException("cannot read the output of a subject: " + file, failure);
      }
    }
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
