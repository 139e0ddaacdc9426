package dev.socketlab.artifact.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
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

  /** {@code printf '#!/bin/sh\necho 2\n' | sha256sum}. */
  @Test
  void aFileIsKnownByItsContentAndAScriptIsCalledOne() throws IOException {
    String script = tool("echo 2");
    assertThat(ToolVersion.byContent(script))
        .isEqualTo(
            new ToolVersion(
                "tool (file)",
                "SHA-256 feaae944d8a6…, 17 bytes, a script: what it starts is not named"));
    Files.writeString(Path.of(script), "\u007fELF");
    assertThat(ToolVersion.byContent(script).version()).endsWith("…, 4 bytes");
    assertThat(ToolVersion.byContent("no-such-tool-here").version())
        .isEqualTo("unknown: no-such-tool-here is not on the path");
  }

  private String tool(String script) throws IOException {
    Path tool = folder.resolve("tool");
    Files.writeString(tool, "#!/bin/sh\n" + script + "\n");
    Files.setPosixFilePermissions(tool, PosixFilePermissions.fromString("rwxr-xr-x"));
    return tool.toString();
  }
}
