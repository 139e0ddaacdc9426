package dev.socketlab.qsl.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.socketlab.qsl.app.ExitCode;
import dev.socketlab.qsl.app.GatewayMain;
import dev.socketlab.subject.Subject;
import dev.socketlab.subject.SubjectBuilder;
import java.io.File;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/** Netty is an optional dependency: what a gateway does whose class path has none. */
@Timeout(60)
class WithoutNettyIT {
  private @TempDir Path folder;

  @ParameterizedTest
  @EnumSource(
      mode = Mode.EXCLUDE,
      names = {"EPOLL", "IO_URING"})
  void theOthersRun(TransportKind kind) {
    assertThat(output(kind, ExitCode.OK))
        .startsWith("listening on 127.0.0.1:")
        .contains("transport=" + kind.label())
        .contains("stopped accepted=0");
  }

  @ParameterizedTest
  @EnumSource(names = {"EPOLL", "IO_URING"})
  void theNativeOnesSayWhatIsMissing(TransportKind kind) {
    assertThat(output(kind, ExitCode.FAILURE))
        .startsWith("cannot start: transport=" + kind.label() + ", reason=")
        .containsAnyOf("Netty is not on the class path: missing=io.netty.channel.", "needs Linux")
        .hasLineCount(1);
  }

  /** All that a gateway prints whose input has ended; the port is a free one. */
  private String output(TransportKind kind, int exitCode) {
    String classPath =
        Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
            .filter(entry -> !Path.of(entry).getFileName().toString().startsWith("netty-"))
            .collect(Collectors.joining(File.pathSeparator));
    List<String> command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-Xlog:disable",
            "-cp",
            classPath,
            GatewayMain.class.getName(),
            "0",
            kind.label(),
            "16");
    try (Subject gateway =
        SubjectBuilder.command(folder, _ -> {}, command)
            .under("sh", "-c", "exec \"$@\" < /dev/null", "sh")
            .launch()) {
      assertThat(gateway.awaitExit(Duration.ofSeconds(10)))
          .as("%s", gateway.outputLines())
          .isEqualTo(exitCode);
      return String.join("\n", gateway.outputLines());
    }
  }
}
