package dev.socketlab.probe;

import dev.socketlab.internal.os.KernelFiles;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;

/** Reads files of the kernel; one that cannot be read is an exception of the probe. */
final class KernelText {
  private KernelText() {}

  static String read(Path file) {
    try {
      return KernelFiles.read(file);
    } catch (IOException e) {
      throw ProbeException.unreadable(file.toString(), e);
    }
  }

  static List<String> lines(Path file) {
    return read(file).lines().toList();
  }

  /**
   * Read no further than the first line that is not wanted: the kernel writes the rest for nothing.
   */
  static List<String> linesWhile(Predicate<String> wanted, Path file) {
    try (BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(Files.newInputStream(file), StandardCharsets.UTF_8))) {
      return reader.lines().takeWhile(wanted).toList();
    } catch (IOException | UncheckedIOException e) {
      throw ProbeException.unreadable(file.toString(), e);
    }
  }
}
