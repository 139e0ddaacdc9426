package dev.socketlab.subject;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.socketlab.gate.RequiresLinux;
import dev.socketlab.gate.RequiresTool;
import dev.socketlab.internal.os.Command;
import dev.socketlab.internal.os.TimeOut;
import dev.socketlab.probe.TcpSocket;
import dev.socketlab.probe.TcpSockets;
import dev.socketlab.testkit.SystemWords;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is done to a subject while it runs, and that it is undone. */
@Tag("isolation")
@RequiresLinux
class SubjectVerbsIT {

  private static final Duration SOON = Duration.ofSeconds(20);
  private static final InetAddress LOOPBACK = InetAddress.ofLiteral("127.0.0.1");

  private @TempDir Path folder;
  private final List<Subject> subjects = new ArrayList<>();

  @AfterEach
  void stopAll() {
    subjects.forEach(Subject::close);
  }

  /** Answers each connection with one byte; says so where it cannot accept one. */
  static final class Server {
    private Server() {}

    /** Called by the JVM. */
    public static void main(String[] arguments) throws IOException {
      List<Socket> held = new ArrayList<>();
      try (ServerSocket listener = new ServerSocket(Integer.parseInt(arguments[0]), 7, LOOPBACK)) {
        boolean refused = false;
        while (listener.isBound()) {
          try {
            Socket socket = listener.accept();
            held.add(socket);
            socket.getOutputStream().write('x');
            refused = false;
          } catch (IOException failure) {
            if (!refused) {
              System.out.println(
                  "cannot accept: %s, %d held".formatted(failure.getMessage(), held.size()));
            }
            refused = true;
            Thread.onSpinWait();
          }
        }
      }
    }
  }

  private Subject server() {
    return SubjectBuilder.java(folder, subjects::add, Server.class, List.of("{port}")).start();
  }

  private Subject shell(String script) {
    return SubjectBuilder.command(folder, subjects::add, List.of("sh", "-c", script))
        .readyWhen("ready")
        .start();
  }

  private static Socket connected(Subject server) throws IOException {
    Socket socket = new Socket();
    socket.connect(server.address(), (int) TimeOut.scaled(SOON).toMillis());
    socket.setSoTimeout((int) TimeOut.scaled(SOON).toMillis());
    return socket;
  }

  private static List<Character> states(long pid) throws IOException {
    try (Stream<Path> tasks = Files.list(Path.of("/proc", Long.toString(pid), "task"))) {
      List<Character> states = new ArrayList<>();
      for (Path task : tasks.toList()) {
        String stat = Files.readString(task.resolve("stat"));
        states.add(stat.charAt(stat.lastIndexOf(')') + 2));
      }
      return states;
    }
  }

  @Test
  void whilePausedItAcceptsNothingAndAfterwardsEverything() throws IOException {
    Subject server = server();
    server.pause();
    server.pause();
    assertThat(states(server.pid())).hasSizeGreaterThan(5).containsOnly('T');
    List<Socket> clients = new ArrayList<>();
    try {
      for (int i = 0; i < 8; i++) { // the backlog of 7, and one
        clients.add(connected(server));
      }
      TcpSocket listener =
          TcpSockets.readOnPort(server.port()).listenerOn(server.port()).orElseThrow();
      assertThat(listener.acceptQueueLength()).isEqualTo(8);
      assertThat(listener.detail().backlog()).hasValue(7);
      clients.getFirst().setSoTimeout(50);
      assertThatExceptionOfType(SocketTimeoutException.class)
          .isThrownBy(() -> clients.getFirst().getInputStream().read());
      clients.getFirst().setSoTimeout((int) TimeOut.scaled(SOON).toMillis());
      server.resume();
      server.resume();
      for (Socket client : clients) {
        assertThat(client.getInputStream().read()).isEqualTo('x');
      }
      assertThat(states(server.pid())).doesNotContain('T');
    } finally {
      for (Socket client : clients) {
        client.close();
      }
    }
  }

  @Test
  void whatItHasStartedIsPausedToo() throws IOException {
    Subject subject = shell("sh -c 'echo ready; while :; do :; done' & wait; wait");
    List<Long> tree =
        ProcessHandle.of(subject.pid())
            .orElseThrow()
            .descendants()
            .map(ProcessHandle::pid)
            .toList();
    assertThat(tree).hasSize(1);
    subject.pause();
    assertThat(states(subject.pid())).containsOnly('T');
    assertThat(states(tree.getFirst())).containsOnly('T');
    subject.resume();
    assertThat(states(tree.getFirst())).doesNotContain('T');
  }

  @Test
  @RequiresTool("strace")
  void oneUnderATracerIsPausedAndItsTracerIsNot() throws IOException {
    Subject server =
        SubjectBuilder.java(folder, subjects::add, Server.class, List.of("{port}"))
            .childOf("strace", "-f", "-o", folder.resolve("strace.txt").toString())
            .start();
    server.pause();
    assertThat(states(server.pid())).hasSizeGreaterThan(5).containsOnly('t');
    try (Socket client = connected(server)) {
      assertThat(
              TcpSockets.readOnPort(server.port())
                  .listenerOn(server.port())
                  .orElseThrow()
                  .acceptQueueLength())
          .isEqualTo(1);
      server.resume();
      assertThat(client.getInputStream().read()).isEqualTo('x');
    }
  }

  /** It would wait for its SIGTERM for as long as the grace is, and then be killed. */
  @Test
  void onePausedEndsInOrder() {
    Subject subject =
        shell("trap 'echo goodbye; exit 3' TERM; echo ready; while :; do sleep 0.05; done");
    subject.pause();
    assertThat(subject.stop()).isEqualTo(3);
    assertThat(subject.outputLines()).contains("goodbye");
    assertThatExceptionOfType(SubjectException.class)
        .isThrownBy(subject::pause)
        .withMessageContaining("has ended and cannot be paused");
  }

  /**
   * Not HUP: below nohup it is ignored, and a shell does not trap what was ignored when it began.
   */
  @Test
  void aSignalArrives() {
    Subject subject = shell("trap 'echo reloaded' USR1; echo ready; while :; do sleep 0.05; done");
    subject.signal("USR1");
    subject.awaitOutput(Pattern.compile("reloaded"), SOON);
    assertThatExceptionOfType(IllegalArgumentException.class)
        .isThrownBy(() -> subject.signal("STOP"))
        .withMessageContaining("signal=\"STOP\" must be one of HUP, INT, KILL, QUIT")
        .withMessageContaining("pause()");
    subject.signal("KILL");
    assertThat(subject.awaitExit(SOON)).isEqualTo(128 + 9);
    assertThatExceptionOfType(SubjectException.class)
        .isThrownBy(() -> subject.signal("HUP"))
        .withMessageContaining("has ended");
  }

  @Test
  @RequiresTool("prlimit")
  void withoutDescriptorsItCannotAcceptAndWithThemItCanAgain() throws IOException {
    Subject server = server();
    String before = limit(server.pid());
    try (Socket served = connected(server)) {
      assertThat(served.getInputStream().read()).isEqualTo('x');
      Socket waits;
      try (Subject.DescriptorLimit few = server.limitDescriptors(4)) {
        assertThat(few).isNotNull();
        assertThat(limit(server.pid())).startsWith("4 ");
        waits = connected(server);
        server.awaitOutput(
            Pattern.compile("cannot accept: " + SystemWords.TOO_MANY_OPEN_FILES), SOON);
      }
      try (waits) {
        assertThat(waits.getInputStream().read()).isEqualTo('x');
      }
    }
    assertThat(limit(server.pid())).isEqualTo(before);
    assertThatExceptionOfType(IllegalArgumentException.class)
        .isThrownBy(() -> server.limitDescriptors(-1))
        .withMessageContaining("descriptors=-1 must be from 0 to the hard limit");
    assertThat(limit(server.pid())).isEqualTo(before);
    server.stop();
    assertThatExceptionOfType(SubjectException.class)
        .isThrownBy(() -> server.limitDescriptors(20))
        .withMessageContaining("has ended and cannot be limited");
  }

  private static String limit(long pid) {
    Command.Outcome outcome =
        Command.of(
                "prlimit",
                "--pid",
                Long.toString(pid),
                "--nofile",
                "--raw",
                "--noheadings",
                "--output",
                "SOFT,HARD")
            .run();
    assertThat(outcome).isInstanceOf(Command.Ended.class);
    return ((Command.Ended) outcome).output().strip();
  }

  @Test
  void aRestartIsOnTheSamePortAndBelongsToTheSameOwner() throws IOException {
    Subject first = server();
    InetSocketAddress address = first.address();
    first.pause();
    Subject second = first.restart();
    assertThat(first.isAlive()).isFalse();
    assertThat(second.pid()).isNotEqualTo(first.pid());
    assertThat(second.address()).isEqualTo(address);
    assertThat(subjects).containsExactly(first, second);
    try (Socket client = connected(second)) {
      assertThat(client.getInputStream().read()).isEqualTo('x');
    }
    Subject third = second.restart();
    assertThat(third.port()).isEqualTo(first.port());
    assertThatExceptionOfType(IllegalStateException.class)
        .isThrownBy(() -> shell("echo ready; exec sleep 60").restart())
        .withMessageContaining("use {port} in its command");
  }

  /** Stands for a test's JVM that is killed in the midst of its verbs. */
  static final class TestJvm {
    private TestJvm() {}

    /** Called by the JVM. */
    public static void main(String[] arguments) throws IOException {
      Subject subject =
          SubjectBuilder.command(
                  Path.of(arguments[0]),
                  _ -> {},
                  List.of("sh", "-c", "sh -c 'echo child $$; while :; do :; done' & wait; wait"))
              .readyWhen("child (\\d+)")
              .start();
      try (Subject.DescriptorLimit few = subject.limitDescriptors(10)) {
        subject.pause();
        assertThat(few).isNotNull();
        System.out.println("subject " + subject.pid() + " child " + subject.port());
        while (System.in.read() >= 0) {
          // waits to be killed
        }
      }
    }
  }

  @Test
  void onePausedAndLimitedDoesNotOutliveTheJvm() throws IOException {
    Subject jvm =
        SubjectBuilder.java(folder, subjects::add, TestJvm.class, List.of(folder.toString()))
            .launch();
    var line = jvm.awaitOutput(Pattern.compile("subject (\\d+) child (\\d+)"), SOON);
    long subject = Long.parseLong(line.group(1));
    long child = Long.parseLong(line.group(2));
    assertThat(states(subject)).containsOnly('T');
    assertThat(states(child)).containsOnly('T');
    jvm.signal("KILL");
    assertThat(jvm.awaitExit(SOON)).isEqualTo(128 + 9);
    Awaitility.await()
        .atMost(TimeOut.scaled(SOON))
        .until(() -> ProcessHandle.of(subject).isEmpty() && ProcessHandle.of(child).isEmpty());
  }
}
