package dev.socketlab.trace.internal;

import dev.socketlab.probe.ProbeException;
import dev.socketlab.subject.Subject;
import dev.socketlab.trace.TraceException;
import dev.socketlab.trace.Tracer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.BiFunction;

/** The file that a tracer writes its counts to. It stays, as evidence. */
public record TraceFile(Path path) {

  /** Creates the file, empty and of a name of its own. */
  static TraceFile fresh(Path folder, Tracer tracer) {
    try {
      Files.createDirectories(folder);
      for (int number = 1; ; number++) {
        Path path = folder.toAbsolutePath().resolve(tracer + "-" + number + ".txt");
        if (!Files.exists(path)) {
          return new TraceFile(Files.createFile(path));
        }
      }
    } catch (IOException failure) {
      throw new UncheckedIOException("cannot create a file in " + folder, failure);
    }
  }

  void write(List<String> lines) {
    try {
      Files.write(path, lines);
    } catch (IOException failure) {
      throw new UncheckedIOException("cannot write " + path, failure);
    }
  }

  /**
   * Reads the counts.
   *
   * @param process the process, now ended, whose output holds the tracer's own words
   * @param parser takes the name of the file and its lines
   * @throws TraceException if they cannot be parsed
   */
  <T> T parse(Subject process, BiFunction<String, List<String>, T> parser) {
    try {
      return parser.apply(path.toString(), Files.readAllLines(path));
    } catch (ProbeException failure) {
      throw new TraceException(
          process.describe("left no complete count of system calls: " + failure.getMessage()),
          failure);
    } catch (IOException failure) {
      throw new UncheckedIOException("cannot read " + path, failure);
    }
  }
}
