package dev.socketlab.qsl.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.socketlab.qsl.gateway.GatewayOptions;
import dev.socketlab.qsl.gateway.Transport;
import dev.socketlab.qsl.gateway.TransportKind;
import dev.socketlab.testkit.SystemWords;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class GatewayMainTest {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  private int run(String arguments) {
    return GatewayMain.run(
        arguments.split(" "),
        InputStream.nullInputStream(),
        new PrintStream(out, true, UTF_8),
        new PrintStream(err, true, UTF_8));
  }

  @ParameterizedTest
  @EnumSource(TransportKind.class)
  void itSaysTheSameAsTheCommand(TransportKind kind) {
    assumeThat(kind.unavailability()).isEmpty();

    assertThat(run("0 " + kind.label() + " 5")).isEqualTo(ExitCode.OK);

    assertThat(out.toString(UTF_8))
        .matches(
            "listening on 127\\.0\\.0\\.1:[1-9]\\d* transport="
                + kind.label()
                + "\nstopped accepted=0 shed=0 open=0 dropped=0 failed=0 accept_failures=0\n");
    assertThat(err.size()).isZero();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "0 nio | expected: <port> <transport> <backlog>, found=2 arguments",
        "0 NIO 5 | unknown transport: value=NIO, allowed=threaded, virtual, nio, epoll, io_uring",
        "x nio 5 | expected: <port> <transport> <backlog>, reason=For input string: \"x\"",
        "65536 nio 5 | expected: <port> <transport> <backlog>,"
            + " reason=out of range: port=65536, allowed=0..65535",
      })
  void wrongArgumentsAreNamed(String arguments, String message) {
    assertThat(run(arguments)).isEqualTo(ExitCode.USAGE);

    assertThat(err.toString(UTF_8).strip()).isEqualTo(message);
    assertThat(out.size()).isZero();
  }

  @Test
  void aPortThatIsTakenIsNamed() throws IOException {
    try (Transport gateway = TransportKind.NIO.start(GatewayOptions.onPort(0))) {
      assertThat(run(gateway.port() + " nio 5")).isEqualTo(ExitCode.FAILURE);

      assertThat(err.toString(UTF_8).strip())
          .isEqualTo(
              "cannot listen: port=" + gateway.port() + ", reason=" + SystemWords.ADDRESS_IN_USE);
    }
  }
}
