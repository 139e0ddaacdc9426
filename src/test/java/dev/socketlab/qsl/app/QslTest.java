package dev.socketlab.qsl.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.socketlab.qsl.gateway.GatewayOptions;
import dev.socketlab.qsl.gateway.Transport;
import dev.socketlab.qsl.gateway.TransportKind;
import dev.socketlab.testkit.SystemWords;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class QslTest {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  private int run(String arguments, String input) {
    return run(arguments, input, new PrintStream(out, true, UTF_8));
  }

  private int run(String arguments, String input, PrintStream stream) {
    String[] args = arguments.isEmpty() ? new String[0] : arguments.split(" ");
    return Qsl.run(
        args,
        new ByteArrayInputStream(input.getBytes(UTF_8)),
        stream,
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
    "mdfeed subscribe 0 --wait 5,                --wait, 5, 1 to 9 digits and ms or s",
    "mdfeed subscribe 0 --wait -5s,              --wait, -5s, 1 to 9 digits and ms or s",
    "mdfeed subscribe 0 --wait 9999999999s,      --wait, 9999999999s, 1 to 9 digits and ms or s",
    "mdfeed publish 0,                           <port>, 0, 1..65535",
    "mdfeed publish 1 18446744073709551616,      <seed>, 18446744073709551616, "
        + "0..18446744073709551615",
    "mdfeed publish 1 99999999999999999999999,   <seed>, 99999999999999999999999, "
        + "0..18446744073709551615",
    "mdfeed publish 1 0x2a,                      <seed>, 0x2a, 0..18446744073709551615",
    "mdfeed publish 1 42 100000001,              <orders>, 100000001, 0..100000000",
    "mdfeed publish 1 --datagrams=-1,            --datagrams, -1, 0..9223372036854775807",
    "gateway 9009x,                              <port>, 9009x, 0..65535",
    "gateway -1,                                 <port>, -1, 0..65535",
    "gateway 65536,                              <port>, 65536, 0..65535",
    "gateway 0 --backlog 0,                      --backlog, 0, 1..2147483647",
    "gateway 0 --backlog 2147483648,             --backlog, 2147483648, 1..2147483647",
    "gateway --max-connections 0 0,              --max-connections, 0, 1..2147483647",
    "client 0,                                   <port>, 0, 1..65535",
    "client 127.0.0.1,                           <port>, 127.0.0.1, 1..65535",
  })
  void aBadValueIsNamedWithItsParameterAndRange(
      String arguments, String parameter, String value, String range) {
    assertThat(run(arguments, "")).isEqualTo(ExitCode.USAGE);

    assertThat(err.toString(UTF_8).lines().findFirst().orElseThrow())
        .contains(parameter)
        .contains("value=" + value + ", allowed=" + range);
    assertThat(err.toString(UTF_8)).contains("Usage: qsl ");
    assertThat(out.size()).isZero();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "mdfeed subscribe",
        "mdfeed subscribe 0 --wait",
        "mdfeed subscribe 0 --wait 1s --controlled",
        "mdfeed publish",
        "mdfeed publish 1 2 3 4",
        "mdfeed publish 1 --datagrams",
        "gateway 0 0",
        "gateway 0 --backlog",
        "gateway 0 --nio",
        "client 9009 9010",
        "client --transport nio",
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
  @ValueSource(
      strings = {
        "--help",
        "mdfeed publish --help",
        "mdfeed subscribe --help",
        "gateway --help",
        "client --help",
      })
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
    assertThat(run("mdfeed subscribe 0 1 0 --controlled", "")).isEqualTo(ExitCode.ABANDONED);
  }

  @Test
  void aSubscriberReceivesTwentyDatagramsUnlessTold() {
    AtomicReference<String> port = new AtomicReference<>();
    PrintStream publishing =
        new PrintStream(out, true, UTF_8) {
          @Override
          public void println(String line) {
            super.println(line);
            if (line.startsWith("listening ") && port.get() == null) {
              port.set(line.replaceFirst(".*127\\.0\\.0\\.1:(\\d+) .*", "$1"));
              run("mdfeed publish " + port, ""); // all of it waits in the socket's buffer
            }
          }
        };
    assertThat(run("mdfeed subscribe 0", "", publishing)).isEqualTo(ExitCode.OK);

    assertThat(out.toString(UTF_8))
        .contains("published market data (md_seq up to 162) to 127.0.0.1:" + port + "\n")
        .contains("\nreceived 20 datagrams\n")
        .contains("\nreceived=20 first_sequence=1 last_sequence=20 ");
  }

  @Test
  void aSubscriberWaitsForTheFirstDatagramAsLongAsItIsTold() {
    assertThat(run("mdfeed subscribe 0 --wait 1ms", "")).isEqualTo(ExitCode.OK);
    assertThat(run("mdfeed subscribe 0 0 --wait 1s", "")).isEqualTo(ExitCode.OK);

    assertThat(out.toString(UTF_8).lines().filter(line -> line.equals("received 0 datagrams")))
        .hasSize(2);
  }

  @Test
  void aFailureIsOneLineOnStandardError() {
    assertThat(run("mdfeed subscribe 0 --controlled", "bogus\n")).isEqualTo(ExitCode.FAILURE);

    assertThat(err.toString(UTF_8).strip())
        .isEqualTo(
            "unexpected line on standard input: line=bogus, allowed=receive, finish or stop");
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '"', // the messages have the other one
      delimiter = '|',
      value = {
        "gateway 0 --transport NIO | '--transport': value=NIO,"
            + " allowed=threaded, virtual, nio, epoll, io_uring",
        "gateway 0 --transport nio --epoll | '--epoll': contradicts --transport nio",
      })
  void aTransportThatThereIsNotIsNamedWithThoseThatThereAre(String arguments, String message) {
    assertThat(run(arguments, "")).isEqualTo(ExitCode.USAGE);

    assertThat(err.toString(UTF_8)).startsWith("Invalid ").contains(message);
    assertThat(out.size()).isZero();
  }

  @ParameterizedTest
  @EnumSource(TransportKind.class)
  void aGatewayAnnouncesItselfAndStopsAtTheEndOfItsInput(TransportKind kind) {
    assumeThat(kind.unavailability()).isEmpty();
    String arguments = "gateway 0 --transport " + kind.label() + " --until-eof --backlog 5";
    assertThat(run(arguments, "ignored\n")).isEqualTo(ExitCode.OK);

    assertThat(out.toString(UTF_8).lines())
        .satisfiesExactly(
            first ->
                assertThat(first)
                    .matches("listening on 127\\.0\\.0\\.1:[1-9]\\d* transport=" + kind.label()),
            last ->
                assertThat(last)
                    .isEqualTo(
                        "stopped accepted=0 shed=0 open=0 dropped=0 failed=0 accept_failures=0"));
  }

  @Test
  void aClientPrintsALineForEachReply() throws IOException {
    try (Transport gateway = TransportKind.NIO.start(GatewayOptions.onPort(0))) {
      assertThat(run("client " + gateway.port(), "")).isEqualTo(ExitCode.OK);
      assertThat(run("client " + gateway.port(), "")).isEqualTo(ExitCode.OK);
    }

    assertThat(out.toString(UTF_8).lines())
        .containsExactly(
            "  Ack order=1 seq=1",
            "  HeartbeatAck token=42",
            "  Reject order=1 reason=DuplicateOrderId",
            "  HeartbeatAck token=42");
  }

  @Test
  void aClientWithoutAGatewaySaysSo() throws IOException {
    int port;
    try (Transport gateway = TransportKind.NIO.start(GatewayOptions.onPort(0))) {
      port = gateway.port();
    }
    assertThat(run("client " + port, "")).isEqualTo(ExitCode.FAILURE);

    assertThat(err.toString(UTF_8).strip())
        .isEqualTo("cannot connect: port=" + port + ", reason=" + SystemWords.CONNECTION_REFUSED);
  }

  @Test
  void aGatewayWhosePortIsTakenSaysSo() throws IOException {
    try (Transport gateway = TransportKind.NIO.start(GatewayOptions.onPort(0))) {
      assertThat(run("gateway " + gateway.port(), "")).isEqualTo(ExitCode.FAILURE);

      assertThat(err.toString(UTF_8).strip())
          .isEqualTo(
              "cannot listen: port=" + gateway.port() + ", reason=" + SystemWords.ADDRESS_IN_USE);
    }
  }
}
