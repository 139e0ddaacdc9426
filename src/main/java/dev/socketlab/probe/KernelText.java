package dev.socketlab.probe;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

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

  static String readOrFail(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
