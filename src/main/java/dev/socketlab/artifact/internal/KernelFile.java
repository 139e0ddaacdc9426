package dev.socketlab.artifact.internal;

import dev.socketlab.artifact.Provenance;
import dev.socketlab.internal.os.KernelFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;

/** Reads the small files by which a kernel describes itself. */
final class KernelFile {
  private KernelFile() {}

  /** Read and parse a file below a root folder, or say why the fact is unknown. */
  static String fact(Path root, String file, Function<String, Optional<String>> parser) {
    Path path = root.resolve(file);
    try {
      return parser
          .apply(KernelFiles.read(path))
          .orElseGet(() -> Provenance.unknown("/" + file + " does not say it"));
    } catch (IOException e) {
      return Provenance.unknown(
          "/" + file + (Files.exists(path) ? " is not readable" : " does not exist"));
    }
  }
}
