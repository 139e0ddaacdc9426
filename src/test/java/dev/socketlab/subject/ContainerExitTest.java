package dev.socketlab.subject;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class ContainerExitTest {

  private final CompletableFuture<Integer> code = new CompletableFuture<>();
  private final ContainerExit exit = new ContainerExit("container 1f", code);

  @Test
  void aContainerEndsWithACode() throws InterruptedException {
    assertThat(exit.hasEnded()).isFalse();
    assertThat(exit.await(Duration.ofMillis(1))).isFalse();
    code.complete(7);
    assertThat(exit.hasEnded()).isTrue();
    assertThat(exit.await(Duration.ofMillis(1))).isTrue();
    assertThat(exit.exitCode()).isEqualTo(7);
  }

  /** Then it may run on, and has to be ended. */
  @Test
  void aBrokenConnectionIsNoEnd() {
    code.completeExceptionally(new IOException("broken pipe"));
    assertThat(exit.hasEnded()).isFalse();
    assertThatThrownBy(() -> exit.await(Duration.ofMillis(1)))
        .isInstanceOf(SubjectException.class)
        .hasMessage("the engine does not tell of the end of container 1f")
        .hasRootCauseMessage("broken pipe");
    assertThatThrownBy(exit::exitCode)
        .isInstanceOf(SubjectException.class)
        .hasMessage("the engine does not tell of the end of container 1f");
  }
}
