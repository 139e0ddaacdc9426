package dev.socketlab.subject;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.socketlab.gate.RequiresTracer;
import dev.socketlab.internal.os.TimeOut;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Faults of system calls: given by number, counted, and told from how a server takes them. */
@Tag("trace")
@RequiresTracer
class SyscallFaultIT {

  private static final Duration SOON = Duration.ofSeconds(20);
  private static final String[] ACCEPT = {"accept", "accept4"};

  private @TempDir Path folder;
  private final List<Subject> subjects = new ArrayList<>();
  private final List<Socket> clients = new ArrayList<>();

  @AfterEach
  void stopAll() throws IOException {
    for (Socket client : clients) {
      client.close();
    }
    subjects.forEach(Subject::close);
  }

  private SubjectBuilder server(String mode) {
    return SubjectBuilder.java(folder, subjects::add, FaultServer.class, List.of(mode, "{port}"))
        .jvmFlags("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xshare:auto");
  }

  private Socket client(Subject server) throws IOException {
    Socket socket = new Socket(server.address().getAddress(), server.port());
    clients.add(socket);
    socket.setSoTimeout((int) TimeOut.scaled(SOON).toMillis());
    socket.getOutputStream().write('x');
    return socket;
  }

  private static byte[] reply(Socket client) throws IOException {
    return client.getInputStream().readAllBytes();
  }

  private static long injected(Subject server) {
    return server.injected().values().stream().mapToLong(Long::longValue).sum();
  }

  private static void await(Callable<Boolean> condition) {
    Awaitility.await().pollInSameThread().atMost(TimeOut.scaled(SOON)).until(condition);
  }

  /** Out of descriptors, it waits until a session has ended; Jetty 354 and Bun 32705, repaired. */
  @Test
  void aServerThatBacksOffFailsOnceForEachWait() throws IOException {
    Subject server =
        server("waits").injecting(SyscallFault.error("EMFILE", ACCEPT).nth(3, 4)).start();
    Socket first = client(server);
    Socket second = client(server);
    assertThat(reply(first)).isEqualTo(FaultServer.reply());
    assertThat(reply(second)).isEqualTo(FaultServer.reply());
    server.awaitOutput(Pattern.compile("waits .*: Too many open files"), SOON);
    Socket third = client(server);
    assertThat(injected(server)).isEqualTo(1);
    first.close();
    await(() -> injected(server) == 2);
    second.close();
    assertThat(reply(third)).isEqualTo(FaultServer.reply());
    assertThat(server.stop()).isNotNegative();
    assertThat(injected(server)).as("no fault but those two").isEqualTo(2);
  }

  /** It tries again at once: the same reports, with the fault. */
  @Test
  void aServerThatSpinsFailsWithoutAnyWait() throws IOException {
    Subject server =
        server("spins").injecting(SyscallFault.error("EMFILE", ACCEPT).nth(3, 502)).start();
    client(server);
    client(server);
    await(() -> injected(server) == 500);
    assertThat(reply(client(server))).isEqualTo(FaultServer.reply());
  }

  @Test
  void aServerThatDiesIsSeen() throws IOException {
    Subject server = server("dies").injecting(SyscallFault.error("EMFILE", ACCEPT).nth(2)).start();
    client(server);
    assertThat(server.awaitExit(SOON)).isEqualTo(1);
    assertThat(server.outputLines()).anyMatch(line -> line.contains("Too many open files"));
    assertThat(injected(server)).isEqualTo(1);
  }

  /** The rest of a reply is lost, or sent, where a write is short: EternalTerminal 815. */
  @ParameterizedTest
  @CsvSource({
    "sends-rest, 0, 1000",
    "sends-rest, 10, 990",
    "sends-once, 0, 0",
    "sends-once, 10, 0"
  })
  void aShortWriteShowsWhoSendsTheRest(String mode, int result, int arrives) throws IOException {
    Subject server = server(mode).injecting(SyscallFault.result(result, "write").nth(1)).start();
    long before = injected(server); // the main thread has written, too
    byte[] reply = reply(client(server));
    assertThat(reply)
        .isEqualTo(
            Arrays.copyOfRange(
                FaultServer.reply(), FaultServer.REPLY_BYTES - arrives, FaultServer.REPLY_BYTES));
    await(() -> injected(server) == before + 1);
  }

  @ParameterizedTest
  @CsvSource({"EMFILE, accept5, invalid system call 'accept5'", "EFOO, accept, invalid inject"})
  void whatStraceDoesNotKnowIsRefusedBeforeTheSubjectRuns(String error, String call, String words)
      throws IOException {
    assertThatExceptionOfType(SubjectException.class)
        .isThrownBy(() -> server("waits").injecting(SyscallFault.error(error, call)).start())
        .withMessageContaining(words)
        .withMessageNotContaining("\n");
    assertThat(subjects).isEmpty();
    try (var files = Files.list(folder)) {
      assertThat(files).isEmpty();
    }
  }

  @Test
  void aRestartedSubjectCountsAnew() throws IOException {
    Subject server = server("waits").injecting(SyscallFault.error("EINTR", ACCEPT).nth(1)).start();
    await(() -> injected(server) == 1);
    Subject next = server.restart();
    await(() -> injected(next) == 1);
    assertThat(reply(client(next))).isEqualTo(FaultServer.reply());
    assertThat(injected(server)).isEqualTo(1);
    assertThat(server.startedAs()).contains("injecting [accept|accept4 fails with EINTR, call 1]");
  }

  /** Stands for a test's JVM. */
  static final class TestJvm {
    private TestJvm() {}

    /** Called by the JVM. */
    public static void main(String[] arguments) throws IOException {
      Subject subject =
          SubjectBuilder.command(Path.of(arguments[0]), _ -> {}, List.of("sleep", "600"))
              .injecting(SyscallFault.error("EMFILE", "accept"))
              .launch();
      long strace =
          ProcessHandle.of(subject.pid()).flatMap(ProcessHandle::parent).orElseThrow().pid();
      System.out.println("strace " + strace + " subject " + subject.pid());
      while (System.in.read() >= 0) {
        // waits to be ended
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"KILL", "TERM"})
  void nothingOutlivesTheJvmThatStartedIt(String signal) {
    Subject jvm =
        SubjectBuilder.java(folder, subjects::add, TestJvm.class, List.of(folder.toString()))
            .launch();
    var line = jvm.awaitOutput(Pattern.compile("strace (\\d+) subject (\\d+)"), SOON);
    List<Long> both = List.of(Long.valueOf(line.group(1)), Long.valueOf(line.group(2)));
    assertThat(both).allMatch(SyscallFaultIT::isRunning);
    jvm.signal(signal);
    assertThat(jvm.awaitExit(SOON)).isNotZero();
    await(() -> both.stream().noneMatch(SyscallFaultIT::isRunning));
  }

  private static boolean isRunning(long pid) {
    return ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false);
  }
}
