package dev.socketlab.artifact;

final class TextWriter {
  private TextWriter() {}

  static String write(Artifact artifact) {
    return artifact.title();
  }
}
