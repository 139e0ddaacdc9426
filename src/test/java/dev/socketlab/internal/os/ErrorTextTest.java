package dev.socketlab.internal.os;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.channels.SocketChannel;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

class ErrorTextTest {

  private static final int ECONNREFUSED = 111;
  private static final int EMFILE = 24;

  /** In whatever language this JVM was started. */
  @Test
  @EnabledOnOs(OS.LINUX)
  void aMessageOfTheSystemIsKnown() throws Exception {
    InetSocketAddress nobody;
    try (ServerSocket closed = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
      nobody = new InetSocketAddress(closed.getInetAddress(), closed.getLocalPort());
    }
    assertThatThrownBy(() -> SocketChannel.open(nobody))
        .satisfies(refusal -> {
          String words = String.valueOf(refusal.getMessage());
          assertThat(words).startsWith(ErrorText.of(ECONNREFUSED));
          assertThat(ErrorText.says(words, ECONNREFUSED)).isTrue();
          assertThat(ErrorText.says(words, EMFILE, "Too many open files")).isFalse();
        });
  }

  @Test
  void theGuessesOfAJvmAreLeftOut() {
    assertThat(
            ErrorText.firstLine(
                new IOException("Bad file descriptor, error: 24 (x) \nPossible reasons:\n  - y")))
        .isEqualTo("Bad file descriptor, error: 24 (x)");
    assertThat(ErrorText.firstLine(new IOException(""))).isEmpty();
  }

  @Test
  void englishIsKnownEverywhere() {
    assertThat(ErrorText.says("Too many open files", EMFILE, "Too many open files", "No file"))
        .isTrue();
    assertThat(ErrorText.says("Broken pipe", EMFILE, "Too many open files")).isFalse();
  }
}
