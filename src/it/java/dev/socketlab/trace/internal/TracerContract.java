package dev.socketlab.trace.internal;

import static dev.socketlab.assertion.LabAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.socketlab.internal.os.TimeOut;
import dev.socketlab.subject.Subject;
import dev.socketlab.subject.SubjectBuilder;
import dev.socketlab.subject.SubjectException;
import dev.socketlab.trace.Load;
import dev.socketlab.trace.RequestServer;
import dev.socketlab.trace.RequestServer.Behaviour;
import dev.socketlab.trace.SyscallFamily;
import dev.socketlab.trace.SyscallMix;
import dev.socketlab.trace.TraceException;
import dev.socketlab.trace.Tracer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/** What every tracer must do: count exactly, notice mutants, and fail rather than count in part. */
@Tag("trace")
@Isolated("it looks for processes that this JVM has left")
public abstract class TracerContract {

  private static final long REQUESTS = 200;
  private static final Duration SOON = Duration.ofSeconds(10);

  private @TempDir Path folder;
  private final List<Subject> servers = new ArrayList<>();
  private final List<Subject> tracers = new ArrayList<>();
  private final Tracer tracer;

  public TracerContract(Tracer tracer) {
    this.tracer = tracer;
  }

  private final Set<Long> others = new HashSet<>();

  /** What other tests of this JVM have left is not this one's. */
  @BeforeEach
  void seeWhatIsThere() {
    ProcessHandle.current().descendants().map(ProcessHandle::pid).forEach(others::add);
  }

  @AfterEach
  void nothingIsLeftBehind() {
    List<Subject> all = new ArrayList<>(servers);
    all.addAll(tracers);
    List<Long> pids = all.stream().map(Subject::pid).toList();
    assertThat(all).as("subjects and tracers that still run").noneMatch(Subject::isAlive);
    Awaitility.await()
        .atMost(TimeOut.scaled(SOON))
        .until(() -> pids.stream().noneMatch(TracerContract::isRunning));
    assertThat(
            ProcessHandle.current()
                .descendants()
                .filter(process -> !others.contains(process.pid()))
                .map(process -> process.info().command().orElse("")))
        .as("processes of this test")
        .noneMatch(command -> command.matches(".*/(strace|bpftrace|perf.*|cat|java)"));
  }

  /** What has ended, and whose status nobody has taken yet, runs no command. */
  private static boolean isRunning(long pid) {
    return ProcessHandle.of(pid).flatMap(process -> process.info().command()).isPresent();
  }

  final SyscallMeasurement measurement(Behaviour behaviour) {
    return SyscallMeasurement.of(folder, tracers::add, () -> server(behaviour)).tracedBy(tracer);
  }

  private SubjectBuilder server(Behaviour behaviour) {
    return SubjectBuilder.java(
            folder, servers::add, RequestServer.class, List.of(behaviour.name(), "{port}"))
        .jvmFlags("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-XX:-UsePerfData");
  }

  private static void request(Subject server, long requests) throws Exception {
    RequestServer.request(server.address(), requests);
  }

  private SyscallMix mix(Behaviour behaviour) {
    return measurement(behaviour).perOperation(REQUESTS, TracerContract::request);
  }

  @Test
  void oneReadAndOneWriteForEachRequest() {
    SyscallMix mix = mix(Behaviour.PLAIN);
    assertThat(mix)
        .saw("accept4", "read", "write")
        .callsPerOperation("read")
        .isEqualTo(1)
        .callsPerOperation("write")
        .isEqualTo(1)
        .callsPerOperation(SyscallFamily.READ)
        .isEqualTo(1)
        .callsPerOperation(SyscallFamily.ACCEPT)
        .isEqualTo(0)
        .callsPerOperation("close")
        .isEqualTo(0);
    if (mix.larger().counts().exhaustive()) {
      assertThat(mix).makesNoOtherCallThan(Set.of("read", "write"), 0.5);
    }
    assertThat(mix.startUp().isPresent()).isEqualTo(tracer.launches());
    assertThat(mix.larger().cost().wall()).isPositive();
    assertThat(mix.untraced().operations()).isEqualTo(2 * REQUESTS);
  }

  @Test
  void anExtraCallBeforeEachReadIsSeen() {
    SyscallMix mix = mix(Behaviour.ASKS_BEFORE_READING);
    assertThat(mix).callsPerOperation("ioctl").isEqualTo(1).callsPerOperation("read").isEqualTo(1);
    if (mix.larger().counts().exhaustive()) {
      assertThatThrownBy(() -> assertThat(mix).makesNoOtherCallThan(Set.of("read", "write"), 0.5))
          .hasMessageContaining("but of [ioctl] there are more");
    }
  }

  @Test
  void aReplyInTwoWritesIsSeen() {
    SyscallMix mix = mix(Behaviour.WRITES_TWICE);
    assertThat(mix).callsPerOperation("write").isEqualTo(2);
    assertThatThrownBy(() -> assertThat(mix).callsPerOperation("write").isEqualTo(1))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("expected 1 of write per operation")
        .hasMessageContaining("leave +" + REQUESTS);
  }

  @Test
  void aSubjectThatDiesIsTheCause() {
    assertThatThrownBy(
            measuring((server, requests) -> {
              if (isTraced(server)) {
                kill(server.pid());
              }
              request(server, requests);
            }))
        .isInstanceOf(SubjectException.class)
        .hasMessageContaining("subject RequestServer")
        .hasMessageContaining("died during the measurement with exit code 137");
  }

  @Test
  void aTracerThatDiesLeavesNoCount() {
    assertThatThrownBy(
            measuring((server, requests) -> {
              request(server, requests / 2);
              if (isTraced(server)) {
                kill(tracer.launches() ? parentOf(server) : tracers.getLast().pid());
              }
              request(server, requests / 2);
            }))
        .isInstanceOfAny(SubjectException.class, TraceException.class)
        .hasMessageContaining("exit code 137");
  }

  @Test
  void aLoadThatDoesNotReachTheServerIsNoLoad() {
    assertThatThrownBy(measuring((_, _) -> {}))
        .isInstanceOf(TraceException.class)
        .hasMessageMatching(
            "(?s).*(no serving system call was seen|left no complete count of system calls).*");
  }

  @Test
  void aLoadThatFailsIsNamed() {
    assertThatThrownBy(
            measuring((_, _) -> {
              throw new IllegalStateException("wrong reply");
            }))
        .isInstanceOf(TraceException.class)
        .hasMessageContaining("load failed: operations=")
        .hasMessageContaining("wrong reply")
        .hasMessageContaining("was under that load; ");
  }

  private ThrowingCallable measuring(Load load) {
    return () -> measurement(Behaviour.PLAIN).perOperation(REQUESTS, load);
  }

  private boolean isTraced(Subject server) {
    return tracer.launches()
        ? parentOf(server) != ProcessHandle.current().pid()
        : !tracers.isEmpty();
  }

  private static long parentOf(Subject server) {
    return ProcessHandle.of(server.pid()).flatMap(ProcessHandle::parent).orElseThrow().pid();
  }

  private static void kill(long pid) {
    ProcessHandle.of(pid).orElseThrow().destroyForcibly();
    Awaitility.await().atMost(TimeOut.scaled(SOON)).until(() -> !isRunning(pid));
  }
}
