package dev.socketlab.subject;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.socketlab.gate.RequiresDocker;
import dev.socketlab.gate.RequiresLinux;
import dev.socketlab.internal.os.TimeOut;
import dev.socketlab.probe.CgroupLimits;
import dev.socketlab.probe.NetworkView;
import dev.socketlab.probe.ProcessSockets;
import dev.socketlab.probe.ProcessUsage;
import dev.socketlab.probe.ProtocolCounters;
import dev.socketlab.probe.TcpSocket;
import dev.socketlab.probe.TcpSockets;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.testcontainers.containers.wait.strategy.Wait;

/** Containers as subjects. The image is one with redis in it, see containers/experiments. */
@Tag("containers")
@RequiresLinux
@RequiresDocker(images = ContainerSubjectIT.IMAGE)
class ContainerSubjectIT {

  static final String IMAGE = "socketlab-experiments:latest";
  private static final String[] REDIS = {
    "redis-server", "--port", "7000", "--bind", "0.0.0.0", "--protected-mode", "no", "--save", ""
  };
  private static final Duration SOON = Duration.ofSeconds(30);

  private @TempDir Path folder;
  private final List<Subject> subjects = new ArrayList<>();

  @AfterEach
  void stopAll() {
    subjects.forEach(Subject::close);
  }

  private ContainerBuilder container() {
    return ContainerBuilder.of(folder, subjects::add, IMAGE);
  }

  @Test
  void theProbesReadTheProcessOfAContainerAndItsNetwork() throws IOException {
    Subject redis = container().named("redis").command(REDIS).port(7000).cpus(0.5).start();
    NetworkView network = NetworkView.ofProcess(redis.pid());
    ProtocolCounters before = ProtocolCounters.read(network);
    ProcessUsage usage = ProcessUsage.read(redis.pid());
    ping(redis);
    assertThat(ProtocolCounters.read(network).since(before).value("Tcp", "PassiveOpens"))
        .isEqualTo(1);
    TcpSocket listener = TcpSockets.readListeners(network).listenerOn(7000).orElseThrow();
    assertThat(listener.detail().backlog()).hasValue(511); // redis asks for it
    assertThat(ProcessSockets.of(redis.pid()).holds(listener.inode())).isTrue();
    assertThat(usage.threads().threads()).anyMatch(thread -> thread.name().equals("redis-server"));
    assertThat(redis.address().getAddress().isLoopbackAddress()).isFalse();
    CgroupLimits limits = CgroupLimits.ofProcess(redis.pid());
    assertThat(2 * limits.cpuQuotaUs().orElseThrow()).isEqualTo(limits.cpuPeriodUs());
    assertThat(redis.startedAs()).contains(IMAGE, "sha256:", "CPU 0.50", "engine");
    assertThat(redis.stop()).isZero();
    assertThat(redis.isAlive()).isFalse();
    assertThat(redis.outputLines()).anyMatch(line -> line.contains("bye bye"));
  }

  @Test
  void itsProcessesArePausedAndLimitedAndEndInOrder() throws IOException {
    Subject redis = container().named("redis").command(REDIS).port(7000).start();
    redis.pause();
    try (Socket socket = new Socket(redis.address().getAddress(), redis.port())) {
      socket.setSoTimeout(100);
      socket.getOutputStream().write("PING\r\n".getBytes(StandardCharsets.US_ASCII));
      assertThatThrownBy(() -> socket.getInputStream().read())
          .isInstanceOf(SocketTimeoutException.class);
      redis.resume();
      socket.setSoTimeout((int) TimeOut.scaled(SOON).toMillis());
      assertThat(socket.getInputStream().read()).isEqualTo('+');
    }
    try (Subject.DescriptorLimit few = redis.limitDescriptors(20)) {
      assertThat(few).isNotNull();
      assertThat(Files.readString(Path.of("/proc/" + redis.pid() + "/limits")))
          .containsPattern("Max open files +20 ");
    }
    redis.pause();
    assertThat(redis.stop()).isZero();
    assertThatThrownBy(redis::restart)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("it is a container");
  }

  @Test
  void aContainerThatDiesIsNoticedWithItsOutput() {
    Subject shell = container().command("sh", "-c", "echo so long; exit 7").start();
    Awaitility.await().atMost(TimeOut.scaled(SOON)).until(() -> !shell.isAlive());
    assertThatThrownBy(shell::failIfItDied)
        .isInstanceOf(SubjectException.class)
        .hasMessageContaining("died during the measurement with exit code 7")
        .hasMessageContaining("so long");
  }

  @Test
  void oneThatIsNeverReadyIsGoneAfterwards() {
    assertThatThrownBy(() ->
            container()
                .command("sleep", "60")
                .readyWhen("never")
                .readyWithin(Duration.ofMillis(300))
                .start())
        .hasMessageContaining("to print \"never\" for ");
    subjects.forEach(subject -> subject.stop());
    assertThat(running()).isEmpty();
  }

  @Test
  void aStrategyOfTestcontainersMayDecide() {
    Subject shell =
        container()
            .command("sh", "-c", "echo up; sleep 60")
            .stopWithin(Duration.ofMillis(10))
            .waitingFor(Wait.forLogMessage(".*up.*", 1))
            .start();
    assertThat(shell.isAlive()).isTrue();
    assertThat(shell.stop()).isEqualTo(137);
  }

  @Test
  void aMissingImageIsNamed() {
    assertThatThrownBy(() ->
            ContainerBuilder.of(folder, subjects::add, "localhost:1/socketlab-none:1").start())
        .isInstanceOf(SubjectException.class)
        .hasMessageContaining("image=localhost:1/socketlab-none:1, the engine has no such image");
  }

  /** As an engine on another machine gives it: a pid that says nothing here. */
  @Test
  void aPidOfAnotherMachineIsNotTakenForOneOfThis() {
    assertThat(ContainerEngine.isHere(ProcessHandle.current().pid(), "0123456789abcdef")).isFalse();
    assertThat(ContainerEngine.isHere(Long.MAX_VALUE, "0123456789abcdef")).isFalse();
  }

  /** Stands for a test's JVM: starts a container and then does nothing. */
  static final class TestJvm {
    private TestJvm() {}

    /** Called by the JVM. */
    public static void main(String[] arguments) throws IOException {
      Subject subject =
          ContainerBuilder.of(Path.of(arguments[0]), _ -> {}, IMAGE)
              .command("sh", "-c", "trap '' TERM INT HUP; while :; do sleep 0.1; done")
              .start();
      System.out.println("subject " + subject.pid());
      while (System.in.read() >= 0) {
        // waits to be ended
      }
    }
  }

  @Test
  void noContainerOutlivesAKilledJvm() throws Exception {
    Subject jvm =
        SubjectBuilder.java(folder, subjects::add, TestJvm.class, List.of(folder.toString()))
            .environment("TESTCONTAINERS_RYUK_DISABLED", "true")
            .launch();
    var line = jvm.awaitOutput(Pattern.compile("subject (\\d+)"), SOON);
    long pid = Long.parseLong(line.group(1));
    assertThat(ProcessHandle.of(pid)).isPresent();
    new ProcessBuilder("kill", "-KILL", Long.toString(jvm.pid())).start().waitFor();
    assertThat(jvm.awaitExit(SOON)).isEqualTo(137);
    Awaitility.await().atMost(TimeOut.scaled(SOON)).until(() -> ProcessHandle.of(pid).isEmpty());
  }

  private static List<?> running() {
    return ContainerEngine.client()
        .listContainersCmd()
        .withShowAll(true)
        .withLabelFilter(ContainerGuard.label())
        .exec();
  }

  private static void ping(Subject redis) throws IOException {
    try (Socket socket = new Socket(redis.address().getAddress(), redis.port())) {
      socket.getOutputStream().write("PING\r\n".getBytes(StandardCharsets.US_ASCII));
      assertThat(socket.getInputStream().readNBytes(7))
          .isEqualTo("+PONG\r\n".getBytes(StandardCharsets.US_ASCII));
    }
  }
}
