package dev.socketlab.trace;

import static org.assertj.core.api.Assertions.assertThat;

import dev.socketlab.internal.os.Command;
import dev.socketlab.subject.Subject;
import dev.socketlab.trace.internal.AttachedTool;
import dev.socketlab.trace.internal.LaunchedWindows;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** strace and perf write {@code 0,01} where the user's locale has a decimal comma. */
@EnabledOnOs(OS.LINUX)
class LocaleTest {

  private @TempDir Path folder;
  private final List<Subject> tools = new ArrayList<>();

  @BeforeEach
  void strace() throws IOException {
    Path strace = folder.resolve("strace");
    Files.writeString(strace, "#!/bin/sh\necho \"locale $LC_ALL\"\nprintf '%s\\n' \"$@\"\n");
    Files.setPosixFilePermissions(strace, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  @AfterEach
  void stop() {
    tools.forEach(Subject::close);
  }

  @Test
  void aLaunchedStraceRunsInItsOwnLocaleAndGivesTheSubjectsBack() {
    assertThat(launched(Map.of("LC_ALL", "de_DE.UTF-8")))
        .startsWith("locale C", "-E", "LC_ALL=de_DE.UTF-8", "-f", "-C")
        .endsWith("--", "subject", "argument");
  }

  @Test
  void aSubjectWithoutALocaleGetsNone() {
    assertThat(launched(Map.of())).startsWith("locale C", "-E", "LC_ALL", "-f", "-C");
  }

  private List<String> launched(Map<String, String> environment) {
    List<String> words =
        new ArrayList<>(List.of(LaunchedWindows.command(folder.resolve("counts"))));
    words.addAll(List.of("subject", "argument"));
    Command.Outcome outcome =
        Command.of(words)
            .environment(variables -> {
              variables.remove("LC_ALL");
              variables.putAll(environment);
              variables.put("PATH", folder + ":" + variables.get("PATH"));
            })
            .run();
    assertThat(outcome).isInstanceOf(Command.Ended.class);
    return ((Command.Ended) outcome).output().lines().toList();
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "STRACE")
  void aToolThatAttachesRunsInALocaleThatAProgramCanRead(Tracer tracer) {
    Subject tool =
        AttachedTool.of(tracer).tool(folder, tools::add, "/bin/sh", "-c", "exec sleep 60").launch();
    Path environment = Path.of("/proc", Long.toString(tool.pid()), "environ");
    // A process that is about to execute a program still shows what it was before.
    Awaitility.await()
        .untilAsserted(
            () -> assertThat(Files.readString(environment).split("\0")).contains("LC_ALL=C"));
  }
}
