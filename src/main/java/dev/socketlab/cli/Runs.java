package dev.socketlab.cli;

import dev.socketlab.artifact.Artifact;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Reads the JSON files of runs. */
final class Runs {
  private Runs() {}

  static Artifact read(Path file) throws IOException {
    try {
      return Artifact.fromJson(readText(file));
    } catch (IllegalArgumentException e) {
      throw new IOException(file + " is " + e.getMessage(), e);
    }
  }

  static String readText(Path file) throws IOException {
    try {
      return Files.readString(file);
    } catch (NoSuchFileException e) {
      throw new IOException("no such file: file=" + file, e);
    } catch (IOException e) {
      throw new IOException("cannot read: file=" + file + ", " + e.getMessage(), e);
    }
  }

  /** Read files, and every {@code .json} in folders, but not in folders within them. */
  static List<Artifact> readAll(List<Path> filesAndFolders) throws IOException {
    List<Artifact> runs = new ArrayList<>();
    for (Path path : filesAndFolders) {
      if (Files.isDirectory(path)) {
        try (Stream<Path> entries = Files.list(path)) {
          for (Path file : entries.filter(f -> f.toString().endsWith(".json")).sorted().toList()) {
            runs.add(read(file));
          }
        }
      } else {
        runs.add(read(path));
      }
    }
    if (runs.isEmpty()) {
      throw new IOException("no .json file: looked in " + filesAndFolders);
    }
    Set<String> names = new HashSet<>();
    for (Artifact run : runs) {
      if (!names.add(run.name())) {
        throw new IOException(
            "two runs have the name %s, and so would their pages: looked in %s"
                .formatted(run.name(), filesAndFolders));
      }
    }
    return runs;
  }
}
