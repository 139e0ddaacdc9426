package dev.socketlab.script;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.socketlab.ledger.Ledger;
import dev.socketlab.script.ScriptedConnection.Outcome;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The verbs, over each kind of address, as both ends see them. */
@EnabledOnOs(OS.LINUX)
class ScriptTest {

  private static final Duration AT_ONCE = Duration.ofMillis(1);
  private static final Duration IN_TIME = Duration.ofSeconds(20);

  private @TempDir Path folder;
  private final Script script = Script.of(false, () -> "  subject Shop (pid 1)");

  @AfterEach
  void close() {
    script.close();
  }

  enum Kind {
    IPV4,
    IPV6,
    UNIX
  }

  private ScriptedListener listen(Kind kind) {
    SocketAddress address =
        switch (kind) {
          case IPV4 -> new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0);
          case IPV6 -> new InetSocketAddress(InetAddress.ofLiteral("::1"), 0);
          case UNIX -> UnixDomainSocketAddress.of(folder.resolve("s"));
        };
    return script.listen(address);
  }

  private record Ends(ScriptedConnection client, ScriptedConnection server) {}

  private Ends connected(Kind kind) {
    ScriptedListener listener = listen(kind);
    ScriptedConnection client = script.connect(listener.address());
    return new Ends(client, listener.accept());
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void whatIsSentIsReadToTheEnd(Kind kind) {
    Ends ends = connected(kind);
    ends.client().send("GET /\r\n\r\nbody").halfClose();
    assertThat(ends.server().readUntil("\r\n\r\n")).isEqualTo("GET /\r\n\r\n");
    assertThat(ends.server().read(2)).asString().isEqualTo("bo");
    assertThat(ends.server().readToEnd()).asString().isEqualTo("dy");
    assertThat(ends.server().outcome()).isEqualTo(Outcome.EOF);
    ends.server().send("200").close();
    assertThat(ends.client().readToEnd()).asString().isEqualTo("200");
    assertThat(ends.client().account().bytesSent()).isEqualTo(13);
    assertThat(ends.client().account().bytesReceived()).isEqualTo(3);
    assertThat(ends.server().account().bytesReceived()).isEqualTo(13);
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void severalComeAtOnceAndAreAccepted(Kind kind) {
    ScriptedListener listener = listen(kind);
    List<ScriptedConnection> clients = script.connect(listener.address(), 20);
    List<ScriptedConnection> served = listener.accept(20);
    clients.forEach(client -> client.send("x").close());
    assertThat(served).allSatisfy(end -> assertThat(end.awaitEnd()).isEqualTo(Outcome.EOF));
    assertThat(ScriptAccount.of(served).bytesReceived()).isEqualTo(20);
    assertThat(ScriptAccount.of(clients).count(Outcome.CLOSED)).isEqualTo(20);
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void aCloseWithUnreadInputIsAReset(Kind kind) {
    Ends ends = connected(kind);
    ends.client().send("request");
    ends.server().read(1);
    ends.server().close();
    assertThat(ends.client().awaitEnd()).isEqualTo(Outcome.RESET);
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void nobodyThereIsAnOutcomeOrAnError(Kind kind) {
    ScriptedListener listener = listen(kind);
    listener.close();
    if (kind == Kind.UNIX) {
      assertThatExceptionOfType(ScriptException.class)
          .isThrownBy(() -> script.attempt(listener.address(), 1))
          .withMessageContaining("No such file");
      return;
    }
    assertThat(ScriptAccount.of(script.attempt(listener.address(), 3)).count(Outcome.REFUSED))
        .isEqualTo(3);
    assertThatExceptionOfType(ScriptException.class)
        .isThrownBy(() -> script.connect(listener.address()))
        .withMessageContaining("one is REFUSED");
  }

  @Test
  void aFileThatAKilledTestLeftIsReplacedAndNoOther() throws IOException {
    UnixDomainSocketAddress address = UnixDomainSocketAddress.of(folder.resolve("left"));
    ServerSocketChannel.open(StandardProtocolFamily.UNIX).bind(address).close();
    assertThat(address.getPath()).exists();
    script.listen(address);
    assertThat(script.connect(address).outcome()).isEqualTo(Outcome.OPEN);
    assertThatExceptionOfType(ScriptException.class)
        .isThrownBy(() -> script.listen(address))
        .withMessageContaining("Address already in use");
    assertThat(script.connect(address).outcome()).isEqualTo(Outcome.OPEN);
    Path file = Files.writeString(folder.resolve("file"), "kept");
    assertThatExceptionOfType(ScriptException.class)
        .isThrownBy(() -> script.listen(UnixDomainSocketAddress.of(file)));
    assertThat(file).hasContent("kept");
  }

  @Test
  void aVerbThatIsLateSaysHowFarItCameAndWhereTheSubjectsStand() {
    Ends ends = connected(Kind.IPV4);
    ends.server().send("abc");
    ends.client().awaitUnread(3);
    script.within(AT_ONCE);
    assertThatExceptionOfType(ScriptException.class)
        .isThrownBy(() -> ends.client().read(10))
        .withMessageContaining("read 3 of 10 bytes")
        .withMessageContaining("is OPEN")
        .withMessageContaining(" ms; where the subjects stand:\nsubject Shop");
    assertThat(ends.client().awaitEnd()).isEqualTo(Outcome.OPEN);
    assertThatExceptionOfType(ScriptException.class)
        .isThrownBy(() -> ends.client().send(new byte[64 << 20]))
        .withMessageContaining("of 67108864 bytes");
  }

  @Test
  void aVerbAfterTheEndSaysSoAtOnce() {
    Ends ends = connected(Kind.IPV4);
    ends.server().send("ab").close();
    assertThatExceptionOfType(ScriptException.class)
        .isThrownBy(() -> ends.client().read(3))
        .withMessageContaining("read 2 of 3 bytes")
        .withMessageContaining("is EOF");
    ends.client().close();
    assertThatExceptionOfType(ScriptException.class).isThrownBy(() -> ends.client().send("x"));
    ends.client().close();
    ends.client().reset();
  }

  @Test
  void whatDoesNotComeToPassIsAnError() {
    Ends ends = connected(Kind.IPV4);
    assertThat(ends.client().sendUntilFull(1_000)).isEqualTo(1_000);
    ends.server().awaitUnread(1_000);
    script.within(AT_ONCE);
    assertThatExceptionOfType(ScriptException.class)
        .isThrownBy(() -> ends.server().awaitStalled())
        .withMessageContaining("awaitStalled: the other end can send")
        .withMessageContaining("within");
    assertThatExceptionOfType(ScriptException.class)
        .isThrownBy(() -> ends.server().awaitUnread(1_001))
        .withMessageContaining("awaitUnread: 1000 of 1001 bytes are there");
    assertThatExceptionOfType(ScriptException.class)
        .isThrownBy(() -> ends.server().readUntil("\n"))
        .withMessageContaining("readUntil \"\n\": read 1000 bytes");
    script.within(IN_TIME);
    ends.client().reset();
    assertThatExceptionOfType(ScriptException.class)
        .isThrownBy(() -> ends.server().readToEnd())
        .withMessageContaining("is RESET");
    assertThatExceptionOfType(ScriptException.class)
        .isThrownBy(() -> ends.server().sendUntilFull(1))
        .withMessageContaining("the kernel took 0 of at most 1 bytes");
    assertThatExceptionOfType(ScriptException.class)
        .isThrownBy(() -> ends.server().halfClose())
        .withMessageContaining("halfClose");
    assertThat(ends.server().account().segmentsReceived().orElseThrow()).isPositive();
  }

  @Test
  void nobodyToAcceptIsAnError() {
    ScriptedListener listener = listen(Kind.IPV4);
    script.connect(listener.address());
    listener.accept();
    script.within(AT_ONCE);
    assertThatExceptionOfType(ScriptException.class)
        .isThrownBy(() -> listener.accept(2))
        .withMessageContaining("0 of 2 connections");
  }

  @Test
  void slowlyIsInPieces() {
    Ends ends = connected(Kind.UNIX);
    ends.client().send("12345");
    assertThat(ends.server().readSlowly(5, 2, AT_ONCE)).asString().isEqualTo("12345");
  }

  @Test
  void aUnixSocketTakesUntilItIsFullAndHasNoReset() {
    Ends ends = connected(Kind.UNIX);
    long taken = ends.client().sendUntilFull(1 << 30);
    assertThat(taken).isBetween(1L, (1L << 30) - 1);
    assertThat(ends.server().read((int) taken)).hasSize((int) taken);
    assertThatIllegalStateException().isThrownBy(() -> ends.client().reset());
    assertThatIllegalStateException().isThrownBy(() -> ends.client().awaitUnread(1));
    assertThat(ends.client().account().segmentsSent()).isEmpty();
  }

  @Test
  void allIsClosedWithTheScript() throws IOException {
    Path process = Path.of("/proc/self/fd");
    long before = open(process);
    Ends ends = connected(Kind.UNIX);
    connected(Kind.IPV6);
    script.datagramsOn(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0));
    assertThat(open(process)).isEqualTo(before + 7);
    script.close();
    assertThat(open(process)).isEqualTo(before);
    assertThat(ends.client().outcome()).isEqualTo(Outcome.CLOSED);
    assertThat(folder.resolve("s")).doesNotExist();
  }

  private static long open(Path process) throws IOException {
    try (Stream<Path> descriptors = Files.list(process)) {
      return descriptors
          .filter(link -> {
            try {
              return Files.readSymbolicLink(link).toString().startsWith("socket:");
            } catch (IOException _) {
              return false;
            }
          })
          .count();
    }
  }

  @Test
  void datagramsGoToAndFro() {
    ScriptedDatagrams server =
        script.datagramsOn(new InetSocketAddress(InetAddress.ofLiteral("::1"), 0));
    assertThatIllegalStateException().isThrownBy(() -> server.send(new byte[1]));
    ScriptedDatagrams client = script.datagramsTo(server.address());
    assertThat(client.send("ping".getBytes(StandardCharsets.UTF_8))).isTrue();
    assertThat(server.read()).asString().isEqualTo("ping");
    assertThat(server.send(new byte[0])).isTrue();
    assertThat(client.read()).isEmpty();
    assertThat(List.of(client.sent(), client.received(), client.refused()))
        .containsExactly(1L, 1L, 0L);
    server.close();
    Awaitility.await().pollInSameThread().atMost(IN_TIME).until(() -> !client.send(new byte[1]));
    assertThat(client.refused()).isEqualTo(1);
  }

  @Test
  void anAccountEntersALedger() {
    Ends ends = connected(Kind.IPV4);
    ends.client().send("12345").close();
    ends.server().readToEnd();
    Ledger.Builder ledger = Ledger.titled("one session");
    ends.client().account().enter(ledger, "client");
    ends.server().account().enter(ledger, "server");
    Ledger balanced = ledger.equation("all arrives", "server received", "client sent").build();
    assertThat(balanced.imbalances()).isEmpty();
  }
}
