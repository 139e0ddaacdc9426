package dev.socketlab.artifact.internal;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The files of a project that a run depends on, as relative paths of files and folders.
 *
 * @param inputs what is named when it differs from the git commit
 * @param digest what the source digest covers
 */
public record SourceScope(List<String> inputs, List<String> digest) {
  @SuppressWarnings("doclint:missing")
  public SourceScope {
    inputs = List.copyOf(inputs);
    digest = List.copyOf(digest);
  }

  /**
   * {@return the scope of a Maven project with experiments in {@code src/it}, or, where it has
   * none, in {@code src/test}}
   *
   * @param project the folder of the project
   */
  public static SourceScope of(Path project) {
    String experiments = Files.isDirectory(project.resolve("src/it")) ? "src/it" : "src/test";
    return new SourceScope(List.of("pom.xml", "src"), List.of("pom.xml", "src/main", experiments));
  }
}
