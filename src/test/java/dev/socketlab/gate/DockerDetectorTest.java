package dev.socketlab.gate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.socketlab.place.EngineEndpoint;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.URI;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The gate {@code docker}, on a machine with or without an engine. */
class DockerDetectorTest {

  private @TempDir Path folder;

  @Test
  void withoutTestcontainersItSaysWhatToAdd() {
    assertThat(DockerDetector.detect(List.of(), Optional.of("add it"), List.of()))
        .isEqualTo(GateFinding.closed("add it"));
  }

  @Test
  void aSocketThatDoesNotExist() {
    Path none = folder.resolve("none.sock");
    assertThat(DockerDetector.detect(List.of(), Optional.empty(), List.of(at(none))))
        .isEqualTo(GateFinding.closed("no engine: " + none + " does not exist"));
  }

  @Test
  void aSocketThatNobodyListensAt() throws IOException {
    Path left = folder.resolve("left.sock");
    bind(left).close(); // the file stays
    assertThat(at(left).obstacle()).contains("refuses connections; no engine listens there");
  }

  @Test
  void oneThatSomebodyListensAt() throws IOException {
    Path socket = folder.resolve("up.sock");
    try (ServerSocketChannel _ = bind(socket)) {
      assertThat(at(socket).obstacle()).isEmpty();
    }
  }

  @Test
  void aHostThatIsNamedIsTheOnlyCandidate() {
    List<EngineEndpoint> candidates =
        EngineEndpoint.candidates(Map.of("DOCKER_HOST", "tcp://127.0.0.1:1"), "/home/x");
    assertThat(candidates)
        .extracting(EngineEndpoint::name)
        .containsExactly("DOCKER_HOST=tcp://127.0.0.1:1");
    assertThat(DockerDetector.detect(List.of(), Optional.empty(), candidates).reason())
        .isEqualTo(
            "no engine: DOCKER_HOST=tcp://127.0.0.1:1 refuses connections; no engine listens there");
    assertThat(EngineEndpoint.candidates(Map.of(), "/home/x"))
        .extracting(EngineEndpoint::name)
        .containsExactly("/var/run/docker.sock");
  }

  private static ServerSocketChannel bind(Path socket) throws IOException {
    return ServerSocketChannel.open(StandardProtocolFamily.UNIX)
        .bind(UnixDomainSocketAddress.of(socket));
  }

  private static EngineEndpoint at(Path socket) {
    return new EngineEndpoint(socket.toString(), URI.create("unix://" + socket));
  }
}
