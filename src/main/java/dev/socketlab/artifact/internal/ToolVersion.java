package dev.socketlab.artifact.internal;

import dev.socketlab.artifact.Provenance;
import dev.socketlab.internal.os.Command;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The version of a tool that a run used, in the tool's own words.
 *
 * {@snippet :
 * Provenance provenance =
 *     ProvenanceCapture.capture().withTool(ToolVersion.of("redis-server", "--version"));
 * }
 *
 * @param tool the name of the program
 * @param version the first line that it prints about itself, or {@code unknown: } and why
 */
public record ToolVersion(String tool, String version) {
  private static final Duration TIME_OUT = Duration.ofSeconds(2);
  private static final Set<String> WANT_CAPITAL_V = Set.of("strace", "ip", "tc", "ss", "nft");
  private static final Pattern ABSOLUTE_PATH =
      Pattern.compile("(?<![\\w/.])/(?:[^\\s/]+/)*([^\\s/]+)");

  /** Check that the tool is named and its version, or the lack of it, is stated. */
  public ToolVersion {
    Require.oneLineOfText(tool, "the name of a tool");
    Require.oneLineOfText(version, "the version of " + tool);
  }

  /**
   * Ask a tool on the path for its version.
   *
   * @param tool the name of the program, or its path
   * @return the version, or why it is unknown
   */
  public static ToolVersion of(String tool) {
    return of(tool, WANT_CAPITAL_V.contains(tool) ? "-V" : "--version");
  }

  /**
   * Ask a tool for its version with arguments of its own; of a path, only the name is kept.
   *
   * @param tool the name of the program, or its path
   * @param arguments what makes it print its version
   * @return the version, or why it is unknown
   */
  public static ToolVersion of(String tool, String... arguments) {
    List<String> command = new ArrayList<>(List.of(tool));
    command.addAll(List.of(arguments));
    String name = String.valueOf(Path.of(tool).getFileName());
    return new ToolVersion(
        name,
        switch (Command.of(command).within(TIME_OUT).run()) {
          case Command.Ended ended -> firstLine(name, ended);
          case Command.NotRun notRun -> Provenance.unknown(name + " " + notRun.why());
        });
  }

  /**
   * Tell a program by what it is made of: the SHA-256 of its file. It asks nothing of the program,
   * so it is safe for one that knows no option for its version.
   *
   * @param program the name of a program on the path, or its path
   * @return the name, and the first twelve digits and the size, or why they are unknown
   */
  public static ToolVersion byContent(String program) {
    String name = String.valueOf(Path.of(program).getFileName());
    return new ToolVersion(
        name + " (file)",
        onThePath(program)
            .map(ToolVersion::digest)
            .orElseGet(() -> Provenance.unknown(name + " is not on the path")));
  }

  private static Optional<Path> onThePath(String program) {
    return Stream.concat(
            program.contains("/") ? Stream.of("") : Stream.<String>empty(),
            Stream.of(String.valueOf(System.getenv("PATH")).split(":", -1)))
        .map(folder -> Path.of(folder).resolve(program))
        .filter(Files::isExecutable)
        .filter(Files::isRegularFile)
        .findFirst();
  }

  private static String digest(Path file) {
    try {
      byte[] content = Files.readAllBytes(file);
      byte[] sha256 = MessageDigest.getInstance("SHA-256").digest(content);
      boolean script = content.length > 1 && content[0] == '#' && content[1] == '!';
      return "SHA-256 %s…, %s bytes%s"
          .formatted(
              HexFormat.of().formatHex(sha256).substring(0, 12),
              content.length,
              script ? ", a script: what it starts is not named" : "");
    } catch (IOException failure) {
      return Provenance.unknown("it cannot be read: " + failure.getMessage());
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every JDK has SHA-256", impossible);
    }
  }

  private static String firstLine(String name, Command.Ended ended) {
    return (ended.output() + "\n" + ended.errors())
        .lines()
        .map(line -> line.replaceAll("\\p{Cntrl}", " ").strip())
        .filter(line -> !line.isEmpty())
        .findFirst()
        .map(line -> ABSOLUTE_PATH.matcher(line).replaceAll("$1"))
        .orElseGet(
            () -> Provenance.unknown(name + " printed nothing, exit code " + ended.exitCode()));
  }
}
