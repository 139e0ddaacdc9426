package dev.socketlab.qsl.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class QslTest {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  private int run(String arguments, String input) {
    String[] args = arguments.isEmpty() ? new String[0] : arguments.split(" ");
    return Qsl.run(
        args,
        new ByteArrayInputStream(input.getBytes(UTF_8)),
        new PrintStream(out, true, UTF_8),
        new PrintStream(err, true, UTF_8));
  }

  @ParameterizedTest
  @CsvSource({
    "mdfeed subscribe x,                         <port>, x, 0..65535",
    "mdfeed subscribe 1x,                        <port>, 1x, 0..65535",
    "mdfeed subscribe +1,                        <port>, +1, 0..65535",
    "mdfeed subscribe -1,                        <port>, -1, 0..65535",
    "mdfeed subscribe 65536,                     <port>, 65536, 0..65535",
    "mdfeed subscribe 0 -1,                      <count>, -1, 0..9223372036854775807",
    "mdfeed subscribe 0 9223372036854775808,     <count>, 9223372036854775808, "
        + "0..9223372036854775807",
    "mdfeed subscribe 0 0 2147483648,            <rcvbuf>, 2147483648, 0..2147483647",
    "mdfeed publish 0,                           <port>, 0, 1..65535",
    "mdfeed publish 1 18446744073709551616,      <seed>, 18446744073709551616, "
        + "0..18446744073709551615",
    "mdfeed publish 1 99999999999999999999999,   <seed>, 99999999999999999999999, "
        + "0..18446744073709551615",
    "mdfeed publish 1 0x2a,                      <seed>, 0x2a, 0..18446744073709551615",
    "mdfeed publish 1 42 100000001,              <orders>, 100000001, 0..100000000",
    "mdfeed publish 1 --datagrams=-1,            --datagrams, -1, 0..9223372036854775807",
  })
  void aBadValueIsNamedWithItsParameterAndRange(
      String arguments, String parameter, String value, String range) {
    assertThat(run(arguments, "")).isEqualTo(ExitCode.USAGE);

    assertThat(err.toString(UTF_8).lines().findFirst().orElseThrow())
        .contains(parameter)
        .contains("value=" + value + ", allowed=" + range);
    assertThat(err.toString(UTF_8)).contains("Usage: qsl mdfeed ");
    assertThat(out.size()).isZero();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "mdfeed subscribe",
        "mdfeed publish",
        "mdfeed publish 1 2 3 4",
        "mdfeed publish 1 --datagrams",
        "mdfeed",
        "mdfeed record",
        "trade",
        "",
      })
  void wrongArgumentsPrintUsageOnStandardError(String arguments) {
    assertThat(run(arguments, "")).isEqualTo(ExitCode.USAGE);

    assertThat(err.toString(UTF_8)).contains("Usage: qsl ");
    assertThat(out.size()).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"--help", "mdfeed publish --help", "mdfeed subscribe --help"})
  void helpIsPrintedOnStandardOutput(String arguments) {
    assertThat(run(arguments, "")).isEqualTo(ExitCode.OK);

    assertThat(out.toString(UTF_8)).contains("Usage: qsl ");
    assertThat(err.size()).isZero();
  }

  @Test
  void anUnknownCommandIsNamedWithTheKnownOnes() {
    run("mdfeed record", "");

    assertThat(err.toString(UTF_8).lines().findFirst().orElseThrow())
        .isEqualTo(
            "unknown command: command=mdfeed record,"
                + " allowed=gateway, client, mdfeed subscribe, mdfeed publish");
  }

  @Test
  void extremesAreAccepted() {
    assertThat(run("mdfeed publish 65535 18446744073709551615 100000000 --wait", ""))
        .isEqualTo(ExitCode.ABANDONED);
    assertThat(out.toString(UTF_8).strip()).isEqualTo("ready to publish to 127.0.0.1:65535");
  }

  @Test
  void aSubscriberWithoutInputIsAbandoned() {
    assertThat(run("mdfeed subscribe 0 0 0 --controlled", "")).isEqualTo(ExitCode.ABANDONED);
  }

  @Test
  void aFailureIsOneLineOnStandardError() {
    assertThat(run("mdfeed subscribe 0 --controlled", "bogus\n")).isEqualTo(ExitCode.FAILURE);

    assertThat(err.toString(UTF_8).strip())
        .isEqualTo(
            "unexpected line on standard input: line=bogus, allowed=receive, finish or stop");
  }
}
