package dev.socketlab.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.SocketException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FailureKindTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Cannot assign requested address",
        "Can't assign requested address",
        "Address not available"
      })
  void aClientWithoutAPort(String words) {
    assertThat(Failures.Kind.of(new BindException(words))).isEqualTo(Failures.Kind.NO_LOCAL_PORT);
    assertThat(Failures.Kind.of(new IOException(words))).isEqualTo(Failures.Kind.OTHER);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Too many open files",
        "Too many open files in system",
        "No file descriptors available"
      })
  void aProcessWithoutADescriptor(String words) {
    assertThat(Failures.Kind.of(new SocketException(words))).isEqualTo(Failures.Kind.NO_DESCRIPTOR);
  }

  @Test
  void theOthers() {
    assertThat(Failures.Kind.of(new ConnectException("Connection refused")))
        .isEqualTo(Failures.Kind.CONNECT_REFUSED);
    assertThat(Failures.Kind.of(new SocketException("Connection reset")))
        .isEqualTo(Failures.Kind.RESET);
    assertThat(Failures.Kind.of(new IOException("Broken pipe"))).isEqualTo(Failures.Kind.RESET);
    assertThat(Failures.Kind.of(new BindException("Address already in use")))
        .isEqualTo(Failures.Kind.OTHER);
  }
}
