package dev.socketlab.artifact;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Regenerates the text form of an artifact from its JSON form.
 *
 * <pre>{@code
 * java -cp socketlab-cli.jar dev.socketlab.artifact.ArtifactText results/redis_get.json
 * }</pre>
 */
public final class ArtifactText {
  private static final int USAGE = 2;

  private ArtifactText() {}

  /**
   * Print the text of the artifact whose JSON file is the only argument.
   *
   * @param arguments the path of a JSON file
   * @throws IOException if the file cannot be read
   */
  public static void main(String[] arguments) throws IOException {
    if (arguments.length != 1) {
      System.err.println("usage: ArtifactText FILE.json");
      System.exit(USAGE);
    }
    PrintStream out = new PrintStream(System.out, false, StandardCharsets.UTF_8);
    out.print(Artifact.fromJson(Files.readString(Path.of(arguments[0]))).toText());
    out.flush();
  }
}
