package dev.socketlab.gate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.socketlab.subject.internal.EngineEndpoint;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.URI;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
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
  @Timeout(20)
  @EnabledOnOs(value = OS.LINUX, disabledReason = "other systems refuse where the queue is full")
  void oneThatListensAndAcceptsNobodyIsNotWaitedFor() throws IOException {
    Path socket = folder.resolve("full.sock");
    List<SocketChannel> waiting = new ArrayList<>();
    try (ServerSocketChannel _ =
        ServerSocketChannel.open(StandardProtocolFamily.UNIX)
            .bind(UnixDomainSocketAddress.of(socket), 1)) {
      for (int i = 0; i < 2; i++) { // a queue of 1 holds two
        SocketChannel client = SocketChannel.open(StandardProtocolFamily.UNIX);
        waiting.add(client);
        client.connect(UnixDomainSocketAddress.of(socket));
      }
      assertThat(at(socket).obstacle())
          .contains("accepts no connection: its queue is full, the engine may hang");
    } finally {
      for (SocketChannel client : waiting) {
        client.close();
      }
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
