package dev.socketlab.cli;

import dev.socketlab.artifact.Artifact;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Parameters;

/** The argument of a command that is about runs. */
final class RunFiles {
  @Parameters(
      arity = "1..*",
      paramLabel = "PATH",
      description = "JSON files of runs, or folders of them.")
  private List<Path> paths;

  List<Artifact> readAll() throws IOException {
    return Runs.readAll(paths);
  }
}
