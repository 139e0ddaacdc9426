package dev.socketlab.script;

import static org.assertj.core.api.Assertions.assertThat;

import dev.socketlab.internal.os.TimeOut;
import dev.socketlab.network.internal.PrivateNetworkThread;
import dev.socketlab.probe.ProcessSockets;
import dev.socketlab.probe.ProtocolCounters;
import dev.socketlab.probe.TcpSocket;
import dev.socketlab.probe.TcpSockets;
import dev.socketlab.script.ScriptedConnection.Outcome;
import dev.socketlab.subject.Subject;
import dev.socketlab.subject.SubjectBuilder;
import dev.socketlab.testkit.PrivateNetworks;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Reports of users as scripts: each with a subject that has the fault, and one that is repaired.
 */
@Tag("isolation")
class CaseBookIT {

  private static final Duration SOON = Duration.ofSeconds(20);

  private @TempDir Path folder;
  private PrivateNetworkThread network;
  private final List<Subject> subjects = new ArrayList<>();
  private final Script script = Script.of(true, () -> "");

  @BeforeEach
  void openNetwork() {
    network = PrivateNetworks.openOrSkip();
  }

  @AfterEach
  void closeAll() {
    script.close();
    subjects.forEach(Subject::close);
    if (network != null) {
      network.close();
    }
  }

  private Subject server(String mode) {
    return SubjectBuilder.java(folder, subjects::add, CaseServer.class, List.of(mode, "{port}"))
        .start();
  }

  /** An upload over the limit is answered, and reset: Jetty 12079. */
  @ParameterizedTest
  @CsvSource({"rejects, 20", "rejects-and-drains, 0"})
  void aRejectedUploadIsResetUnlessItIsDrained(String mode, long resets) throws Throwable {
    network.call(() -> {
      Subject server = server(mode);
      int held = ProcessSockets.of(server.pid()).inodes().size();
      server.pause(); // so that each upload has arrived before it is rejected
      ProtocolCounters before = ProtocolCounters.read();
      List<ScriptedConnection> clients = script.connect(server.address(), 20);
      clients.forEach(client -> client.send(new byte[32 << 10]));
      await(() -> clients.stream().allMatch(end -> end.socket().orElseThrow().txQueue() == 0));
      server.resume();
      clients.forEach(client -> assertThat(client.read(3)).asString().isEqualTo("413"));
      await(() -> aborts(before) == resets); // a client that ends first would spare it the reset
      clients.forEach(ScriptedConnection::close);
      await(() -> ProcessSockets.of(server.pid()).inodes().size() == held);
      assertThat(aborts(before)).isEqualTo(resets);
      return server;
    });
  }

  /** Clients have closed, and the server has not: Jetty 2169. */
  @ParameterizedTest
  @CsvSource({"never-closes, 20", "closes, 0"})
  void whoseClientsHaveGoneIsInCloseWaitUntilItCloses(String mode, long left) throws Throwable {
    network.call(() -> {
      Subject server = server(mode);
      int before = ProcessSockets.of(server.pid()).inodes().size();
      script.connect(server.address(), 20).forEach(client -> client.send("ha").close());
      await(() ->
          states(server).noneMatch(TcpSocket.State.ESTABLISHED::equals)
              && states(server).filter(TcpSocket.State.CLOSE_WAIT::equals).count() == left
              && ProcessSockets.of(server.pid()).inodes().size() == left + before);
      return server;
    });
  }

  private static long aborts(ProtocolCounters before) {
    return ProtocolCounters.settledSince(before).value("TcpExt", "TCPAbortOnClose");
  }

  private static void await(Callable<Boolean> condition) {
    Awaitility.await().pollInSameThread().atMost(TimeOut.scaled(SOON)).until(condition);
  }

  private static Stream<TcpSocket.State> states(Subject server) {
    return TcpSockets.readOnPort(server.port()).all().stream().map(TcpSocket::state);
  }

  /** A client that ends its output gets no reply: Envoy 17160. */
  @ParameterizedTest
  @CsvSource({"is-gone-at-the-end, 0", "answers-after-the-end, 1"})
  void whoEndsItsOutputStillGetsItsReply(String mode, int replyBytes) throws Throwable {
    network.call(() -> {
      ScriptedConnection client = script.connect(server(mode).address());
      client.send("request").halfClose();
      assertThat(client.readToEnd()).hasSize(replyBytes);
      return client;
    });
  }

  /** A late reader gets a truncated reply: Jetty 1848. */
  @ParameterizedTest
  @CsvSource({"lingers-0, RESET, 1", "lingers, EOF, 0"})
  void aLateReaderGetsAllUnlessTheServerDoesNotLinger(String mode, Outcome end, long aborts)
      throws Throwable {
    network.call(() -> {
      Subject server = server(mode);
      ProtocolCounters before = ProtocolCounters.read();
      ScriptedConnection client = script.connect(server.address());
      client.send("x").awaitStalled();
      client.read(1 << 20);
      assertThat(client.awaitEnd()).isEqualTo(end);
      assertThat(client.account().bytesReceived() == CaseServer.REPLY_BYTES).isEqualTo(aborts == 0);
      assertThat(ProtocolCounters.settledSince(before).value("TcpExt", "TCPAbortOnData"))
          .isEqualTo(aborts);
      return server;
    });
  }

  /** The reply to an upload that was refused early is there, but nobody reads it: OkHttp 1001. */
  @ParameterizedTest
  @CsvSource({"gives-up, ''", "reads, 403"})
  void theReplyIsThereAlthoughTheUploadWasReset(String mode, String reply) throws Throwable {
    network.call(() -> {
      ScriptedListener listener = script.listen();
      Subject client =
          SubjectBuilder.java(
                  folder,
                  subjects::add,
                  CaseServer.class,
                  List.of("upload-client", Integer.toString(listener.port()), mode))
              .start();
      ScriptedConnection connection = listener.accept();
      connection.readUntil("\r\n\r\n");
      connection.awaitUnread(1);
      connection.send("403").close();
      client.awaitOutput(Pattern.compile("^reply \"" + reply + '"'), SOON);
      client.awaitSuccess(SOON);
      return client;
    });
  }

  /** A peer of a unix socket that hangs up costs a core for ever: Bun 37920. */
  @ParameterizedTest
  @CsvSource({"unix-spins, false", "unix-closes, true"})
  void aUnixServerWhoseClientsHaveGoneIsAtRest(String mode, boolean rests) throws Throwable {
    network.call(() -> {
      Path socket = folder.resolve("s");
      Subject server =
          SubjectBuilder.java(
                  folder, subjects::add, CaseServer.class, List.of(mode, socket.toString()))
              .readyWhen("ready")
              .start();
      int before = ProcessSockets.of(server.pid()).inodes().size();
      script
          .connect(UnixDomainSocketAddress.of(socket), 5)
          .forEach(client -> client.send("x").close());
      server.awaitOutput(Pattern.compile("^5 have come"), SOON);
      await(() -> ProcessSockets.of(server.pid()).inodes().size() == before + (rests ? 0 : 5));
      SubjectLook look = new SubjectLook(server.pid(), 1, script.patience());
      assertThat(look.awaitNone(look::restless).isEmpty()).isEqualTo(rests);
      return server;
    });
  }

  /** How many connections wait depends on the backlog alone: ServiceTalk 3125. */
  @Test
  void oneMoreThanTheBacklogWaitsAndTheNextIsDropped() throws Throwable {
    network.call(() -> {
      InetSocketAddress any = new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0);
      ScriptedListener listener = script.listen(any, 7);
      script.connect(listener.address(), 8);
      ProtocolCounters before = ProtocolCounters.read();
      script.within(Duration.ofMillis(50));
      assertThat(script.attempt(listener.address(), 1).getFirst().outcome())
          .isEqualTo(Outcome.TIMED_OUT);
      assertThat(ProtocolCounters.read().since(before).value("TcpExt", "ListenOverflows"))
          .isPositive();
      return script.within(SOON);
    });
  }
}
