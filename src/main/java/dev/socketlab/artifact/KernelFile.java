package dev.socketlab.artifact;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;

/** Reads the small files by which a kernel describes itself. */
final class KernelFile {
  private KernelFile() {}

  /** Read a whole file; a sized read of {@code /proc/sys} would return its first byte only. */
  static String read(Path file) throws IOException {
    try (InputStream stream = Files.newInputStream(file)) {
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  /** Read and parse a file, or say why the fact is unknown. */
  static String fact(Path file, Function<String, Optional<String>> parser) {
    try {
      return parser
          .apply(read(file))
          .orElseGet(() -> Provenance.unknown(file + " does not say it"));
    } catch (IOException e) {
      return Provenance.unknown(
          file + (Files.exists(file) ? " is not readable" : " does not exist"));
    }
  }
}
