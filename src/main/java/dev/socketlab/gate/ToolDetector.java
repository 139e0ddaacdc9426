package dev.socketlab.gate;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;

/** Looks for an executable file of that name in the directories of the search path. */
final class ToolDetector implements GateDetector<RequiresTool> {

  /** Debian's packages of tools that go by another name. */
  private static final Map<String, String> PACKAGES =
      Map.of(
          "ip", "iproute2",
          "nft", "nftables",
          "perf", "linux-perf",
          "ss", "iproute2",
          "tc", "iproute2");

  @Override
  public String name(RequiresTool gate) {
    return gate.value();
  }

  @Override
  public GateFinding detect(RequiresTool gate) {
    String path = System.getenv("PATH");
    return detect(
        gate.value(),
        path == null
            ? List.of()
            : Arrays.stream(path.split(File.pathSeparator)).map(Path::of).toList());
  }

  static GateFinding detect(String tool, List<Path> directories) {
    if (tool.isBlank() || tool.contains("/")) {
      throw new ExtensionConfigurationException(
          "@RequiresTool: `value` = \"" + tool + "\" must be a program's name without a directory");
    }
    return directories.stream().map(d -> d.resolve(tool)).anyMatch(Files::isExecutable)
        ? GateFinding.open(tool + " is on the search path")
        : GateFinding.closed(
            tool
                + " is not on the search path; install it, on Debian: apt-get install "
                + PACKAGES.getOrDefault(tool, tool));
  }
}
