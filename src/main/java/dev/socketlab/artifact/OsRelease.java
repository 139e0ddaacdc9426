package dev.socketlab.artifact;

import java.util.Optional;
import java.util.regex.Pattern;

/** Parses {@code /etc/os-release}: shell assignments, quoted or not. */
final class OsRelease {
  private static final Pattern PRETTY_NAME =
      Pattern.compile("^PRETTY_NAME=([\"']?)(.*?)\\1[ \\t\\r]*$", Pattern.MULTILINE);

  private OsRelease() {}

  static Optional<String> prettyName(String osRelease) {
    return PRETTY_NAME
        .matcher(osRelease)
        .results()
        .map(match -> match.group(2).strip())
        .filter(name -> !name.isEmpty())
        .findFirst();
  }
}
