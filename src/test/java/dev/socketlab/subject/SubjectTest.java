package dev.socketlab.subject;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.socketlab.subject.internal.FreePort;
import java.io.File;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisabledOnOs(value = OS.WINDOWS, disabledReason = "the subjects here are shell commands")
class SubjectTest {

  private static final Duration SOON = Duration.ofSeconds(10);

  private @TempDir Path folder;
  private final List<Subject> subjects = new ArrayList<>();

  @AfterEach
  void stopAll() {
    subjects.forEach(Subject::close);
  }

  private SubjectBuilder shell(String script, String... arguments) {
    List<String> command = new ArrayList<>(List.of("sh", "-c", script));
    command.addAll(List.of(arguments));
    return SubjectBuilder.command(folder, subjects::add, command);
  }

  @Test
  void aSubjectIsReadyWhenItSaysSoAndItsPortIsTheFirstGroup() {
    Subject subject =
        shell("echo booting; echo 'listening on 127.0.0.1:4711 now'; exec sleep 60")
            .named("server")
            .readyWhen("listening on 127\\.0\\.0\\.1:(\\d+)")
            .start();
    assertThat(subject.port()).isEqualTo(4711);
    assertThat(subject.readyLine().group()).isEqualTo("listening on 127.0.0.1:4711");
    assertThat(subject.outputFile()).hasFileName("server.log");
    assertThat(subject.outputLines()).first().isEqualTo("booting");
  }

  @Test
  void aSubjectThatDiesBeforeItIsReadyTellsItsLastWords() {
    assertThatThrownBy(() -> shell("echo out of luck >&2; exit 3").readyWhen("ready").start())
        .isInstanceOf(SubjectException.class)
        .hasMessageContaining("was awaited to print \"ready\" and ended with exit code 3")
        .hasMessageContaining("out of luck");
  }

  @Test
  void aSubjectThatIsNotReadyInTimeIsNamed() {
    assertThatThrownBy(() ->
            shell("exec sleep 60")
                .named("sleeper")
                .readyWhen("ready")
                .readyWithin(Duration.ofMillis(100))
                .start())
        .hasMessageContaining("subject sleeper")
        .hasMessageContaining(" ms, in vain");
  }

  @Test
  void aProgramThatDoesNotExistIsNamed() {
    assertThatThrownBy(() ->
            SubjectBuilder.command(folder, subjects::add, List.of("no-such-program-here")).start())
        .hasMessageContaining("subject no-such-program-here cannot be started");
  }

  @Test
  void linesGoInAndTheExitCodeComesOut() {
    Subject subject = shell("read -r word; echo \"got $word\"; exit 5").start();
    subject.send("word");
    subject.awaitOutput(Pattern.compile("got word"), SOON);
    assertThat(subject.awaitExit(SOON)).isEqualTo(5);
    assertThatThrownBy(() -> subject.awaitSuccess(SOON)).hasMessageContaining("exit code 5");
    subject.failIfItDied();
  }

  @Test
  void stoppingIsOrderlyWhereItCan() {
    Subject subject =
        shell("trap 'echo goodbye; exit 0' TERM; echo ready; while :; do sleep 0.05; done")
            .readyWhen("ready")
            .start();
    assertThat(subject.stop()).isZero();
    assertThat(subject.outputLines()).contains("goodbye");
    assertThat(subject.stop()).isZero();
  }

  @Test
  void theWholeTreeIsKilledWhereItMust() {
    Subject subject =
        shell(
                "trap '' TERM; sh -c 'trap \"\" TERM; echo child $$; while :; do sleep 0.05; done' &"
                    + " wait; wait")
            .readyWhen("child (\\d+)")
            .stopWithin(Duration.ofMillis(200))
            .start();
    long child = subject.port();
    assertThat(ProcessHandle.of(child)).isPresent();
    subject.stop();
    assertThat(subject.isAlive()).isFalse();
    Awaitility.await().atMost(SOON).until(() -> ProcessHandle.of(child).isEmpty());
  }

  /** Forks twice, with a session and an environment of its own, and says its pid. */
  private static final String DAEMON =
      "x=$(setsid sh -c 'env -i sleep 60 </dev/null >/dev/null 2>&1 & echo $!'); echo daemon $x;";

  private static ProcessHandle daemonOf(Subject subject) {
    MatchResult line = subject.awaitOutput(Pattern.compile("daemon (\\d+)"), SOON);
    return ProcessHandle.of(Long.parseLong(line.group(1))).orElseThrow();
  }

  @Test
  @EnabledOnOs(value = OS.LINUX, disabledReason = "elsewhere a daemon cannot be told from others")
  void aServerThatGoesToTheBackgroundIsToldAndEnded() {
    Subject subject = shell(DAEMON + " exit 0").launch();
    ProcessHandle daemon = daemonOf(subject);
    Awaitility.await().atMost(SOON).until(() -> !subject.isAlive());
    assertThatThrownBy(subject::failIfItDied)
        .isInstanceOf(SubjectException.class)
        .hasMessageContaining(
            "died during the measurement with exit code 0; it went to the background")
        .hasMessageContaining("as pid " + daemon.pid() + " (sleep): run it in the foreground")
        .hasMessageContaining("daemon off");
    assertThat(daemon.isAlive()).isTrue();
    subject.stop();
    Awaitility.await().atMost(SOON).until(() -> !daemon.isAlive());
  }

  @Test
  @EnabledOnOs(value = OS.LINUX, disabledReason = "elsewhere a daemon cannot be told from others")
  void aServerThatListensInTheBackgroundIsToldInsteadOfAwaited() {
    assertThatThrownBy(() ->
            SubjectBuilder.command(
                    folder, subjects::add, List.of("sh", "-c", DAEMON + " exit 0", "{port}"))
                .start())
        .hasMessageContaining("and ended with exit code 0; it went to the background");
  }

  @Test
  @EnabledOnOs(value = OS.LINUX, disabledReason = "elsewhere a daemon cannot be told from others")
  void whatASubjectLeftInTheBackgroundEndsWithIt() {
    Subject subject = shell(DAEMON + " exec sleep 60").launch();
    ProcessHandle daemon = daemonOf(subject);
    Subject other = shell("exec sleep 60").start();
    subject.stop();
    Awaitility.await().atMost(SOON).until(() -> !daemon.isAlive());
    assertThat(other.isAlive()).isTrue();
  }

  @Test
  void portsAndFilesAreFilledInWhereverTheyStand() throws IOException {
    Subject subject =
        shell("cat \"$0\"; echo admin $ADMIN", "{file:web.conf}")
            .named("web")
            .environment("ADMIN", "{port:admin}")
            .file("web.conf", "listen {port:web}; admin {port:admin}; include {file:more.conf}\n")
            .file("more.conf", "é {port:web}")
            .launch();
    subject.awaitSuccess(SOON);
    int web = subject.port("web");
    int admin = subject.port("admin");
    assertThat(admin).isNotEqualTo(web);
    Path files = folder.toAbsolutePath().resolve("web-files");
    assertThat(subject.outputLines())
        .containsExactly(
            "listen " + web + "; admin " + admin + "; include " + files.resolve("more.conf"),
            "admin " + admin);
    assertThat(files.resolve("more.conf")).content().isEqualTo("é " + web);
    assertThat(subject.startedAs())
        .startsWith(
            "command sh -c cat \"$0\"; echo admin $ADMIN {file:web.conf} with web.conf (hash ")
        .contains(
            ") listen {port:web}; admin {port:admin}; include {file:more.conf} with more.conf");
    assertThatThrownBy(() -> subject.port("amdin"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("subject web has no port \"amdin\": use {port:amdin}");
    assertThatThrownBy(subject::port).hasMessageContaining("has no port");
  }

  @Test
  void aSecondSubjectOfTheSameNameHasFilesOfItsOwn() {
    Subject first = shell("cat \"$0\"", "{file:a}").file("a", "one\n").start();
    Subject second = shell("cat \"$0\"", "{file:a}").file("a", "two\n").start();
    first.awaitSuccess(SOON);
    second.awaitSuccess(SOON);
    assertThat(first.outputLines()).containsExactly("one");
    assertThat(second.outputLines()).containsExactly("two");
  }

  @Test
  void aPortInAFlagIsAwaited() throws IOException {
    Subject subject =
        SubjectBuilder.java(folder, subjects::add, ListenMain.class, List.of("127.0.0.1"))
            .jvmFlags("-Dport={port}")
            .start();
    try (Socket socket = new Socket(subject.address().getAddress(), subject.port())) {
      assertThat(socket.isConnected()).isTrue();
    }
  }

  @Test
  void aFileOutsideItsFolderIsRefused() {
    assertThatThrownBy(() -> shell("exit").file("../x", ""))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("name=\"../x\" of a file of sh must be");
  }

  private SubjectBuilder childOfAShell(String script) {
    return shell(script).childOf("sh", "-c", "\"$@\"; echo parent ends; exit 7", "parent");
  }

  @Test
  void ofAChildThePidIsItsOwnAndStoppingReachesItAndItsParentEndsInOrder() {
    Subject subject = childOfAShell("exec sleep 60").start();
    assertThat(ProcessHandle.of(subject.pid()).flatMap(p -> p.info().command()))
        .hasValueSatisfying(command -> assertThat(command).doesNotEndWith("sh"));
    assertThat(subject.stop()).isEqualTo(7);
    assertThat(subject.outputLines()).contains("parent ends");
  }

  @Test
  void aChildThatDoesNotListenIsKilledAndItsParentStillEndsInOrder() {
    Subject subject =
        childOfAShell("trap '' TERM; echo ready; exec sleep 60")
            .readyWhen("ready")
            .stopWithin(Duration.ofSeconds(2))
            .start();
    assertThat(subject.stop()).isEqualTo(7);
    assertThat(subject.outputLines()).contains("parent ends");
  }

  @Test
  void aChildOutlivesAParentThatIsKilledButNotItsStop() {
    Subject subject = childOfAShell("exec sleep 60").start();
    ProcessHandle child = ProcessHandle.of(subject.pid()).orElseThrow();
    child.parent().orElseThrow().destroyForcibly();
    Awaitility.await().atMost(SOON).until(() -> !subject.isAlive());
    assertThat(child.isAlive()).isTrue();
    assertThatThrownBy(subject::failIfItDied)
        .hasMessageContaining("lost its parent command during the measurement, exit code 137");
    subject.stop();
    Awaitility.await().atMost(SOON).until(() -> hasEnded(child));
  }

  @Test
  void whereItStandsIsToldOfOneWhoseEndIsOnItsWay() {
    Subject subject =
        shell("exec sleep 60").childOf("sh", "-c", "\"$@\"; sleep 0.5; exit 7", "parent").start();
    ProcessHandle.of(subject.pid()).orElseThrow().destroyForcibly();
    Awaitility.await().atMost(SOON).until(() -> !subject.isAlive());
    assertThat(subject.whereItStands()).contains("has ended with exit code 7");
  }

  /**
   * An orphan that has ended counts as alive until process 1 takes its status, but runs nothing.
   */
  private static boolean hasEnded(ProcessHandle orphan) {
    return !orphan.isAlive() || orphan.info().command().isEmpty();
  }

  @Test
  void aParentThatRunsNoChildIsNamed() {
    assertThatThrownBy(() -> shell("true").childOf("sh", "-c", "echo refused; exit 3").start())
        .hasMessageContaining("was awaited to run its child and ended with exit code 3")
        .hasMessageContaining("refused");
  }

  @Test
  void aMainClassRunsWithTheFlagsAndTheClassPathOfTheTest() {
    Subject subject =
        SubjectBuilder.java(folder, subjects::add, EchoMain.class, List.of("one", "two"))
            .jvmFlags("-XX:+UseSerialGC", "-Dword=three")
            .start();
    subject.awaitSuccess(SOON);
    assertThat(subject.outputLines()).containsExactly("one two three");
    assertThat(subject.startedAs())
        .isEqualTo("JVM -XX:+UseSerialGC -Dword=three: SubjectTest$EchoMain one two");
  }

  @Test
  void aMainClassRunsOnAnotherJdkWithAnotherClassPath() throws Exception {
    Path jdk =
        Files.createSymbolicLink(folder.resolve("jdk-x"), Path.of(System.getProperty("java.home")));
    Path classes =
        Path.of(PathMain.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    Subject subject =
        SubjectBuilder.java(folder, subjects::add, PathMain.class, List.of())
            .jdk(jdk)
            .classPath(classes, folder)
            .launch();
    subject.awaitSuccess(SOON);
    assertThat(subject.outputLines()).containsExactly(classes + File.pathSeparator + folder);
    assertThat(subject.startedAs())
        .isEqualTo(
            "JVM without flags of jdk-x with the class path "
                + classes.getFileName()
                + " "
                + folder.getFileName()
                + ": SubjectTest$PathMain");
    SubjectBuilder builder = SubjectBuilder.java(folder, subjects::add, PathMain.class, List.of());
    assertThatThrownBy(() -> builder.jdk(folder)).hasMessageContaining("has no bin/java");
    assertThatThrownBy(() -> builder.classPath(folder.resolve("no.jar")))
        .hasMessageContaining("there is no " + folder.resolve("no.jar"));
    assertThatThrownBy(() -> shell("exit").jdk(jdk))
        .hasMessage("jdk is for main classes; sh is a command");
  }

  @Test
  void theClassPathOfABuildIsTakenFromItsFile() throws Exception {
    Path classes =
        Path.of(PathMain.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    Path library = Files.createFile(folder.resolve("library-4.1.jar"));
    Path file = Files.writeString(folder.resolve("library.txt"), library + "\n");
    SubjectBuilder builder = SubjectBuilder.java(folder, subjects::add, PathMain.class, List.of());
    Subject subject = builder.classPathFile(file).launch();
    subject.awaitSuccess(SOON);
    assertThat(subject.outputLines()).containsExactly(classes + File.pathSeparator + library);
    assertThat(subject.startedAs()).contains("library-4.1.jar");
    Files.writeString(file, library + File.pathSeparator + folder.resolve("library-4.2.jar"));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> builder.classPathFile(file))
        .withMessageContaining("names no existing file: " + folder.resolve("library-4.2.jar"));
    Files.writeString(file, "\n");
    assertThatIllegalArgumentException().isThrownBy(() -> builder.classPathFile(file));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> builder.classPathFile(folder.resolve("no.txt")))
        .withMessageContaining(
            "<mdep.outputFile>" + folder.resolve("no.txt") + "</mdep.outputFile>");
  }

  @Test
  void theProvenanceOfACommandHoldsItsArgumentsAndNoFolder() {
    Subject subject =
        SubjectBuilder.command(
                folder,
                subjects::add,
                List.of("/bin/sh", "-c", "exit 0\n", "--conf=" + folder + "/x.conf", "{port}"))
            .under("env", "-u", "NOBODY")
            .launch();
    subject.awaitSuccess(SOON);
    assertThat(subject.startedAs())
        .isEqualTo("command sh -c exit 0 --conf=x.conf {port} under env -u NOBODY");
  }

  @Test
  void aSecondSubjectOfTheSameNameKeepsTheEvidenceOfTheFirst() {
    Subject first = shell("echo first").named("twin").start();
    Subject second = shell("echo second").named("twin").start();
    first.awaitSuccess(SOON);
    second.awaitSuccess(SOON);
    assertThat(first.outputLines()).containsExactly("first");
    assertThat(second.outputLines()).containsExactly("second");
  }

  @Test
  void aGroupThatIsNoPortIsNamed() {
    assertThatThrownBy(
            () -> shell("echo ready on 4711; exec sleep 60").readyWhen("(ready|up) on").start())
        .isInstanceOf(SubjectException.class)
        .hasMessageContaining("readyWhen(\"(ready|up) on\")")
        .hasMessageContaining("that group is \"ready\"");
    assertThatThrownBy(
            () -> shell("echo port 65536; exec sleep 60").readyWhen("port (\\d+)").start())
        .hasMessageContaining("that group is \"65536\"");
    assertThatThrownBy(
            () -> shell("echo ready; exec sleep 60").readyWhen("ready(?: on (\\d+))?").start())
        .hasMessageContaining("that group is \"null\"");
  }

  private SubjectBuilder listener(String... arguments) {
    return SubjectBuilder.java(folder, subjects::add, ListenMain.class, List.of(arguments));
  }

  @ParameterizedTest
  @CsvSource({"127.0.0.1, 127.0.0.1", "0.0.0.0, 127.0.0.1", "::1, 0:0:0:0:0:0:0:1"})
  void aSubjectIsReachedWhereItListens(String address, String reached) throws IOException {
    Subject subject = listener(address, "{port}").start();
    assertThat(subject.address().getAddress().getHostAddress()).isEqualTo(reached);
    try (Socket socket = new Socket(subject.address().getAddress(), subject.port())) {
      assertThat(socket.isConnected()).isTrue();
    }
  }

  @Test
  void aSubjectThatAnnouncesItsPortIsReachedWhereItListens() throws IOException {
    Subject subject = listener("::1", "0").readyWhen("listening on (\\d+)").start();
    try (Socket socket = new Socket(subject.address().getAddress(), subject.port())) {
      assertThat(socket.isConnected()).isTrue();
    }
  }

  @Test
  @EnabledOnOs(value = OS.LINUX, disabledReason = "elsewhere no table says who listens")
  void aStrangerOnItsPortDoesNotMakeASubjectReady() throws IOException {
    Subject subject =
        SubjectBuilder.command(
                folder, subjects::add, List.of("sh", "-c", "exec sleep 60", "{port}"))
            .readyWithin(Duration.ofMillis(200))
            .launch();
    InetAddress here = InetAddress.ofLiteral("127.0.0.1");
    try (ServerSocket stranger = new ServerSocket(subject.port(), 1, here)) {
      assertThatThrownBy(subject::awaitReady)
          .isInstanceOf(SubjectException.class)
          .hasMessageContaining("was awaited to listen on port " + subject.port())
          .hasMessageContaining("it listens nowhere, and another process on 127.0.0.1:")
          .hasMessageContaining(":" + stranger.getLocalPort());
    }
  }

  @Test
  @EnabledOnOs(value = OS.LINUX, disabledReason = "elsewhere no table says who listens")
  void aSubjectThatListensOnAnotherPortIsTold() {
    assertThatThrownBy(() ->
            listener("127.0.0.1", "0", "not {port}").readyWithin(Duration.ofSeconds(3)).start())
        .hasMessageMatching("(?s).*in vain; it listens on 127\\.0\\.0\\.1:\\d+;.*");
  }

  @Test
  void aFreePortIsOutsideTheEphemeralRangeAndAnotherOneEachTime() {
    int one = FreePort.find(32_768, 60_999);
    int other = FreePort.find(32_768, 60_999);
    assertThat(one).isNotEqualTo(other);
    assertThat(List.of(one, other))
        .allMatch(port -> port >= 10_240 && (port < 32_768 || port > 60_999));
    assertThat(FreePort.find(10_240, 60_999)).isGreaterThan(60_999);
    assertThat(FreePort.find()).isGreaterThanOrEqualTo(10_240);
  }

  /** {@code 1024 65535} is common on hosts that make many connections. */
  @Test
  void anEphemeralRangeThatLeavesNoPortStillGivesOne() {
    assertThat(FreePort.find(1_024, 65_535)).isGreaterThanOrEqualTo(10_240);
  }

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1", "0.0.0.0", "::1"})
  void aPortThatIsTakenOnOneAddressIsNotFree(String address) throws IOException {
    InetAddress taken = InetAddress.ofLiteral(address);
    try (ServerSocket stream = new ServerSocket(0, 1, taken);
        DatagramSocket datagrams = new DatagramSocket(0, taken)) {
      assertThat(FreePort.isFree(stream.getLocalPort())).isFalse();
      assertThat(FreePort.isFree(datagrams.getLocalPort())).isFalse();
    }
  }

  /** Listens on an address and a port, and says which. */
  static final class ListenMain {
    private ListenMain() {}

    /** Called by the JVM of the subject. */
    public static void main(String[] arguments) throws IOException {
      InetAddress address = InetAddress.ofLiteral(arguments[0]);
      int port = arguments.length > 1 ? Integer.parseInt(arguments[1]) : Integer.getInteger("port");
      try (ServerSocket server = new ServerSocket(port, 5, address)) {
        System.out.println("listening on " + server.getLocalPort());
        while (System.in.read() >= 0) {
          // until the end of its input
        }
      }
    }
  }

  /** Prints its class path. */
  static final class PathMain {
    private PathMain() {}

    /** Called by the JVM of the subject. */
    public static void main(String[] arguments) {
      System.out.println(System.getProperty("java.class.path"));
    }
  }

  /** Prints its arguments and a property. */
  static final class EchoMain {
    private EchoMain() {}

    /** Called by the JVM of the subject. */
    public static void main(String[] arguments) {
      System.out.println(String.join(" ", arguments) + " " + System.getProperty("word"));
    }
  }
}
