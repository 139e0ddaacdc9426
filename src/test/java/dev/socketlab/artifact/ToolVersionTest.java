package dev.socketlab.artifact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@DisabledOnOs(value = OS.WINDOWS, disabledReason = "the tools are shell scripts")
class ToolVersionTest {
  @TempDir Path folder;

  @Test
  void theFirstLineIsKeptWithoutPaths() throws IOException {
    ToolVersion version =
        ToolVersion.of(tool("echo; echo \"$0 version 6.1 in /opt/x\"; echo more"));
    assertThat(version).isEqualTo(new ToolVersion("tool", "tool version 6.1 in x"));
  }

  @Test
  void standardErrorCountsWhereStandardOutputIsEmpty() throws IOException {
    assertThat(ToolVersion.of(tool("echo 'tool 2' >&2; exit 1"), "version").version())
        .isEqualTo("tool 2");
  }

  @Test
  void aToolThatIsMissingOrSilentIsUnknown() throws IOException {
    assertThat(ToolVersion.of("no-such-tool-here").version())
        .isEqualTo("unknown: no-such-tool-here is not on the path or cannot be started");
    assertThat(ToolVersion.of(tool("exit 3")).version())
        .isEqualTo("unknown: tool printed nothing, exit code 3");
  }

  @Test
  void aCommandThatHangsIsEndedWithItsChildren() throws IOException {
    String hanging = tool("sleep 60 & echo $! > pid; wait");
    assertThat(BoundedCommand.run(List.of(hanging), folder, Duration.ofSeconds(2)))
        .isEqualTo(new BoundedCommand.NotRun("did not answer within 2000 ms"));
    long child = Long.parseLong(Files.readString(folder.resolve("pid")).strip());
    // What is dead but not yet reaped by its new parent still has a handle, but no command.
    await().until(() -> ProcessHandle.of(child).flatMap(p -> p.info().command()).isEmpty());
  }

  @Test
  void aCommandRunsInANeutralEnvironment() throws IOException {
    assertThat(
            BoundedCommand.run(
                List.of(tool("echo $LC_ALL $GIT_OPTIONAL_LOCKS; cat")),
                folder,
                Duration.ofSeconds(5)))
        .isEqualTo(new BoundedCommand.Ended(0, "C 0\n", ""));
  }

  private String tool(String script) throws IOException {
    Path tool = folder.resolve("tool");
    Files.writeString(tool, "#!/bin/sh\n" + script + "\n");
    Files.setPosixFilePermissions(tool, PosixFilePermissions.fromString("rwxr-xr-x"));
    return tool.toString();
  }
}
