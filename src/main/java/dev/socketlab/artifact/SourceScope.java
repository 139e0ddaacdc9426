package dev.socketlab.artifact;

import java.util.List;

/**
 * The files of a project that a run depends on, as relative paths of files and folders.
 *
 * @param inputs what is named when it differs from the git commit
 * @param digest what the source digest covers
 */
record SourceScope(List<String> inputs, List<String> digest) {
  /** Keep the lists as they are. */
  public SourceScope {
    inputs = List.copyOf(inputs);
    digest = List.copyOf(digest);
  }

  /** {@return the scope of a Maven project with experiments in {@code src/it}} */
  public static SourceScope standard() {
    return new SourceScope(List.of("pom.xml", "src"), List.of("pom.xml", "src/main", "src/it"));
  }
}
