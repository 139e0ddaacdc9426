package dev.socketlab.artifact;

import java.util.List;

/**
 * The files of a project that a run depends on, as relative paths of files and folders.
 *
 * @param inputs what is named when it differs from the git commit
 * @param digest what the source digest covers
 */
public record SourceScope(List<String> inputs, List<String> digest) {
  /** Keep the lists as they are. */
  public SourceScope {
    inputs = List.copyOf(inputs);
    digest = List.copyOf(digest);
  }

  /** {@return the scope of a Maven project with experiments in {@code src/it}} */
  public static SourceScope standard() {
    return new SourceScope(List.of("pom.xml", "src"), List.of("pom.xml", "src/main", "src/it"));
  }

  /**
   * {@return this scope with other inputs}
   *
   * @param paths relative paths of files and folders
   */
  public SourceScope withInputs(String... paths) {
    return new SourceScope(List.of(paths), digest);
  }

  /**
   * {@return this scope with another coverage of the digest}
   *
   * @param paths relative paths of files and folders
   */
  public SourceScope withDigest(String... paths) {
    return new SourceScope(inputs, List.of(paths));
  }
}
