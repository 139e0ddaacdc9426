package dev.socketlab.probe;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;

/**
 * Read files whose size the kernel reports as 0.
 *
 * <p>{@link Files#readString} trusts the size and returns only the first byte of a file below
 * {@code /proc/sys}, so the stream is read to its end instead. Bytes that are not UTF-8 (a thread
 * may have any name) become replacement characters.
 */
final class KernelText {
  private KernelText() {}

  static String read(Path file) {
    try {
      return readOrFail(file);
    } catch (IOException e) {
      throw ProbeException.unreadable(file.toString(), e);
    }
  }

  static List<String> lines(Path file) {
    return read(file).lines().toList();
  }

  /** Read no further than the first line that is not wanted: the kernel writes the rest in vain. */
  static List<String> linesWhile(Predicate<String> wanted, Path file) {
    try (BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(Files.newInputStream(file), StandardCharsets.UTF_8))) {
      return reader.lines().takeWhile(wanted).toList();
    } catch (IOException | UncheckedIOException e) {
      throw ProbeException.unreadable(file.toString(), e);
    }
  }

  static String readOrFail(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
