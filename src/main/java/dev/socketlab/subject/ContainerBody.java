package dev.socketlab.subject;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.async.ResultCallback;
import com.github.dockerjava.api.exception.ConflictException;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.model.WaitResponse;
import dev.socketlab.probe.NetworkView;
import dev.socketlab.probe.ProbeException;
import dev.socketlab.probe.TcpSockets;
import java.io.IOException;
import java.io.Writer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.testcontainers.containers.GenericContainer;

/**
 * A subject that is a container. Its process is the container's first one, seen from this machine;
 * where that is a parent command, the subject is its child.
 */
final class ContainerBody implements Body {

  private static final Duration LOG_FOLLOWS_WITHIN = Duration.ofSeconds(2);
  private static final Duration GONE_WITHIN = Duration.ofSeconds(10);

  private final GenericContainer<?> container;
  private final String id;
  private final long firstPid;
  private final boolean isHere;
  private final List<Path> files;
  private final CompletableFuture<Void> endOfLog;
  private final ContainerExit exit;
  private final Writer closedInput = Writer.nullWriter();
  private Optional<ProcessHandle> child = Optional.empty();
  private boolean removed;

  /**
   * Takes a container that has been started.
   *
   * @param files what to copy to this machine when it has ended
   * @param endOfLog completes when everything that it wrote is in its output file
   */
  ContainerBody(GenericContainer<?> container, List<Path> files, CompletableFuture<Void> endOfLog)
      throws IOException {
    this.container = container;
    this.files = List.copyOf(files);
    this.endOfLog = endOfLog;
    this.id = container.getContainerId();
    this.exit = new ContainerExit(label(), new CompletableFuture<>());
    this.firstPid = pidOf(container);
    this.isHere = ContainerEngine.isHere(firstPid, id);
    closedInput.close();
    client().waitContainerCmd(id).exec(new Exit());
  }

  /** The engine tells when the container has ended. */
  private final class Exit extends ResultCallback.Adapter<WaitResponse> {
    @Override
    public void onNext(WaitResponse response) {
      exit.code().complete(response.getStatusCode());
    }

    @Override
    public void onError(Throwable failure) {
      exit.code().completeExceptionally(failure);
    }
  }

  private static long pidOf(GenericContainer<?> container) {
    Long pid = container.getCurrentContainerInfo().getState().getPidLong();
    return pid == null ? 0 : pid;
  }

  boolean isHere() {
    return isHere;
  }

  @Override
  public long pid() {
    if (!isHere) {
      throw new SubjectException(
          label()
              + " has no process id here: it has ended, or its engine is on another machine or a"
              + " virtual one; what reads /proc/<pid> needs an engine on the machine of the test");
    }
    return child.map(ProcessHandle::pid).orElse(firstPid);
  }

  @Override
  public List<Long> processes() {
    return ProcessHandle.of(pid()).stream()
        .flatMap(process -> Stream.concat(Stream.of(process), process.descendants()))
        .map(ProcessHandle::pid)
        .toList();
  }

  @Override
  public String label() {
    return "container " + id.substring(0, 12);
  }

  @Override
  public InetSocketAddress address(int port) {
    return isHere
        ? new InetSocketAddress(ownAddress(), port)
        : new InetSocketAddress(container.getHost(), container.getMappedPort(port));
  }

  private String ownAddress() {
    return container.getContainerInfo().getNetworkSettings().getNetworks().values().stream()
        .map(network -> network.getIpAddress())
        .filter(address -> address != null && !address.isEmpty())
        .findFirst()
        .orElseThrow(() -> new SubjectException(label() + " has no address of its own"));
  }

  /** Where its engine is elsewhere, Testcontainers has waited for the port already. */
  @Override
  public boolean isListening(int port) {
    return !isHere || listeners().on(port).areReachedAt(InetAddress.ofLiteral(ownAddress()));
  }

  private Listeners listeners() {
    return Listeners.of(TcpSockets.readListeners(NetworkView.ofProcess(firstPid)));
  }

  @Override
  public String listening(int port) {
    try {
      String all = isHere ? listeners().toString() : "";
      return all.isEmpty() ? "it listens nowhere" : "it listens on " + all;
    } catch (ProbeException failure) {
      return "what it listens on cannot be read: " + failure.getMessage();
    }
  }

  @Override
  public boolean isAlive() {
    return !exit.hasEnded();
  }

  @Override
  public boolean lostItsParent() {
    return false; // a container ends with its first process
  }

  /** Whatever it started ended with it, and nobody can tell any more what that was. */
  @Override
  public String leftBehind() {
    return exit.hasEnded() && exit.exitCode() == 0
        ? "a container ends with its first process: a server that goes to the background has to"
            + " be told to stay, nginx: -g 'daemon off;'"
        : "";
  }

  /** By the threads' names, which everybody may read, unlike the paths of their programs. */
  @Override
  public boolean findChild() {
    pid(); // where there is none, says why
    List<ProcessHandle> children =
        ProcessHandle.of(firstPid).stream().flatMap(ProcessHandle::children).toList();
    String parent =
        threadName(firstPid); // after its children: it may become another program before
    child =
        children.stream()
            .filter(candidate -> !threadName(candidate.pid()).equals(parent))
            .findFirst();
    return child.isPresent();
  }

  private static String threadName(long pid) {
    try {
      return Files.readString(Path.of("/proc", Long.toString(pid), "comm"));
    } catch (IOException _) {
      return ""; // it has ended meanwhile
    }
  }

  @Override
  public Writer input() {
    return closedInput;
  }

  @Override
  public boolean waitFor(Duration atMost) throws InterruptedException {
    if (!exit.await(atMost)) {
      return false;
    }
    try {
      endOfLog.get(LOG_FOLLOWS_WITHIN.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException | ExecutionException _) {
      // It has ended; what is missing of its log is missing.
    }
    return true;
  }

  @Override
  public int exitCode() {
    return exit.exitCode();
  }

  @Override
  public void stop(Duration grace, Runnable endInput, UnaryOperator<String> describe) {
    if (removed) {
      return;
    }
    try {
      if (isAlive()) {
        askToEnd();
        if (!Body.waitUninterrupted(this, grace)) {
          kill("KILL");
        }
        if (!Body.waitUninterrupted(this, GONE_WITHIN)) {
          throw new SubjectException(describe.apply("survived SIGKILL; see docker logs " + id));
        }
      }
      files.forEach(this::copyHere);
    } finally {
      container.stop();
      removed = true;
      ContainerGuard.removed();
    }
  }

  /** A parent command is not asked, where its child can be; it ends after its child, by itself. */
  private void askToEnd() {
    if (!child.map(ProcessHandle::destroy).orElse(false)) {
      kill("TERM");
    }
  }

  private void kill(String signal) {
    try {
      client().killContainerCmd(id).withSignal(signal).exec();
    } catch (NotFoundException | ConflictException _) {
      // It has ended by itself.
    }
  }

  private void copyHere(Path file) {
    container.copyFileFromContainer(file.toString(), file.toString());
  }

  private static DockerClient client() {
    return ContainerEngine.client();
  }
}
