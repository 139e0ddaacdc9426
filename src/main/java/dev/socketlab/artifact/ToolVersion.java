package dev.socketlab.artifact;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The version of a tool that a run used, in the tool's own words.
 *
 * <pre>{@code
 * Provenance provenance =
 *     Provenance.capture().withTool(ToolVersion.of("redis-server", "--version"));
 * }</pre>
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
        switch (BoundedCommand.run(command, Path.of(""), TIME_OUT)) {
          case BoundedCommand.Ended ended -> firstLine(name, ended);
          case BoundedCommand.NotRun notRun -> Provenance.unknown(name + " " + notRun.why());
        });
  }

  private static String firstLine(String name, BoundedCommand.Ended ended) {
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
