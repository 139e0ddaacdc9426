package dev.socketlab.place;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.async.ResultCallback;
import com.github.dockerjava.api.exception.ConflictException;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.model.WaitResponse;
import dev.socketlab.probe.NetworkView;
import dev.socketlab.probe.TcpSockets;
import java.io.IOException;
import java.io.Writer;
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
  private final CompletableFuture<Integer> exit = new CompletableFuture<>();
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
    this.firstPid = pidOf(container);
    this.isHere = ContainerEngine.isHere(firstPid, id);
    closedInput.close();
    client().waitContainerCmd(id).exec(new Exit());
  }

  /** The engine tells when the container has ended. */
  private final class Exit extends ResultCallback.Adapter<WaitResponse> {
    @Override
    public void onNext(WaitResponse response) {
      exit.complete(response.getStatusCode());
    }

    @Override
    public void onError(Throwable failure) {
      exit.completeExceptionally(failure);
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
    return !isHere
        || TcpSockets.readListeners(NetworkView.ofProcess(firstPid)).listenerOn(port).isPresent();
  }

  @Override
  public boolean isAlive() {
    return !exit.isDone();
  }

  @Override
  public boolean lostItsParent() {
    return false; // a container ends with its first process
  }

  /** By the threads' names, which everybody may read, unlike the paths of their programs. */
  @Override
  public boolean findChild() {
    pid(); // where there is none, says why
    String parent = threadName(firstPid);
    child =
        ProcessHandle.of(firstPid).stream()
            .flatMap(ProcessHandle::children)
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
    try {
      exit.get(atMost.toNanos(), TimeUnit.NANOSECONDS);
      endOfLog.get(LOG_FOLLOWS_WITHIN.toMillis(), TimeUnit.MILLISECONDS);
      return true;
    } catch (TimeoutException _) {
      return exit.isDone();
    } catch (ExecutionException failure) {
      throw new SubjectException("the engine does not tell of the end of " + label(), failure);
    }
  }

  @Override
  public int exitCode() {
    return exit.join();
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
