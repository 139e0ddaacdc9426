package dev.socketlab.subject;

import dev.socketlab.internal.os.OperatingSystem;
import dev.socketlab.internal.os.TimeOut;
import dev.socketlab.network.NetworkHost;
import dev.socketlab.probe.TcpSockets;
import dev.socketlab.subject.internal.ProcessGuard;
import dev.socketlab.subject.internal.ProcessMark;
import java.io.IOException;
import java.io.Writer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;
import org.jspecify.annotations.Nullable;

/** A subject that is a process of this machine, perhaps the child of a parent command. */
final class ProcessBody implements Body {

  private final Process process;
  private final boolean hasParent;

  /** A JVM that reads its input in the kernel takes 300 ms longer to exit on a signal. */
  private static final Duration TO_END_BY_ITSELF = Duration.ofMillis(100);

  private static final Duration TO_DIE = Duration.ofSeconds(5);

  private final boolean isJvm;
  private final long mark;
  private boolean gone;
  private final @Nullable NetworkHost host;
  private final Writer input;
  private ProcessHandle observed;
  private @Nullable InetAddress reachedAt;

  /**
   * Takes a process that has been started.
   *
   * @param hasParent whether the process is a parent that runs the subject as its child, see {@link
   *     #findChild}
   * @param mark the process was started with, see {@link ProcessMark}
   * @param isJvm whether it may be expected to end with its input
   * @param host where it runs; null is the network of the calling thread
   */
  ProcessBody(
      Process process, long mark, boolean hasParent, boolean isJvm, @Nullable NetworkHost host) {
    this.mark = mark;
    this.isJvm = isJvm;
    this.process = process;
    this.hasParent = hasParent;
    this.host = host;
    this.input = process.outputWriter();
    this.observed = process.toHandle();
  }

  @Override
  public long pid() {
    return observed.pid();
  }

  @Override
  public List<Long> processes() {
    return Stream.concat(Stream.of(observed), observed.descendants())
        .map(ProcessHandle::pid)
        .toList();
  }

  @Override
  public String label() {
    return "pid " + pid();
  }

  /** One that says by itself when it is ready is looked at when its address is asked for. */
  @Override
  public InetSocketAddress address(int port) {
    if (host != null) {
      return new InetSocketAddress(host.address(), port);
    }
    InetAddress known = reachedAt;
    if (known == null) {
      known = reachedHere(port).orElse(Listeners.LOOPBACK);
      reachedAt = known;
    }
    return new InetSocketAddress(known, port);
  }

  @Override
  public boolean isListening(int port) throws Exception {
    if (host != null) {
      return host.call(() -> own(port).areReachedAt(host.address()));
    }
    Optional<InetAddress> reached = reachedHere(port);
    reached.ifPresent(address -> reachedAt = address);
    return reached.isPresent();
  }

  private Optional<InetAddress> reachedHere(int port) {
    return OperatingSystem.isLinux() ? own(port).reachedHere() : answering(port);
  }

  private Listeners own(int port) {
    Listeners there = Listeners.of(TcpSockets.readListeners()).on(port);
    return there.sockets().isEmpty() ? there : there.heldBy(tree());
  }

  private static Optional<InetAddress> answering(int port) {
    try (Socket probe = new Socket()) {
      probe.connect(new InetSocketAddress(Listeners.LOOPBACK, port), 100);
      return Optional.of(Listeners.LOOPBACK);
    } catch (IOException _) {
      return Optional.empty(); // nobody listens yet
    }
  }

  @Override
  public String listening(int port) {
    if (!OperatingSystem.isLinux()) {
      return "";
    }
    try {
      Listeners all =
          host == null
              ? Listeners.of(TcpSockets.readListeners())
              : host.call(() -> Listeners.of(TcpSockets.readListeners()));
      Listeners own = all.heldBy(tree());
      String strangers = all.on(port).heldBy(tree()).sockets().isEmpty() ? all.on(port) + "" : "";
      return (own.sockets().isEmpty() ? "it listens nowhere" : "it listens on " + own)
          + (strangers.isEmpty() ? "" : ", and another process on " + strangers);
    } catch (Exception failure) {
      return "what it listens on cannot be read: " + failure.getMessage();
    }
  }

  /**
   * A parent may fork for purposes of its own before; such a child runs the parent's program, the
   * subject runs another. The children are listed first: a parent may become another program, but
   * only before it has any.
   */
  @Override
  public boolean findChild() {
    List<ProcessHandle> children = process.children().toList();
    Optional<String> parent = process.info().command();
    Optional<ProcessHandle> child =
        children.stream()
            .filter(c -> c.info().command().filter(p -> !parent.equals(Optional.of(p))).isPresent())
            .findFirst();
    if (child.isPresent() && !child.get().equals(observed)) {
      observed = child.get();
      ProcessGuard.guard(observed.pid()); // it would survive a parent that is killed
    }
    return hasParent && !observed.equals(process.toHandle());
  }

  @Override
  public boolean isAlive() {
    return process.isAlive() && observed.isAlive();
  }

  @Override
  public boolean lostItsParent() {
    return observed.isAlive() && !process.isAlive();
  }

  @Override
  public String leftBehind() {
    List<ProcessHandle> tree = tree();
    List<ProcessHandle> left =
        bearers().stream().filter(process -> !tree.contains(process)).toList();
    return left.isEmpty()
        ? ""
        : "it went to the background, where it is not observed, as "
            + inWords(left)
            + ": run it in the foreground (nginx: -g 'daemon off;', memcached: without -d)";
  }

  private static String inWords(List<ProcessHandle> processes) {
    return processes.stream()
        .map(process ->
            "pid "
                + process.pid()
                + process
                    .info()
                    .command()
                    .map(program -> " (" + Path.of(program).getFileName() + ")")
                    .orElse(""))
        .collect(Collectors.joining(", "));
  }

  private List<ProcessHandle> bearers() {
    try {
      return ProcessMark.bearers(mark);
    } catch (IOException failure) {
      throw new SubjectException("what a subject left running cannot be seen in /proc", failure);
    }
  }

  @Override
  public Writer input() {
    return input;
  }

  @Override
  public boolean waitFor(Duration atMost) throws InterruptedException {
    return process.waitFor(atMost.toNanos(), TimeUnit.NANOSECONDS);
  }

  @Override
  public int exitCode() {
    return process.exitValue();
  }

  /** A parent command is not asked; it ends after its child, by itself. */
  @Override
  public void stop(Duration grace, Runnable endInput, UnaryOperator<String> describe) {
    if (gone) {
      return;
    }
    if (process.isAlive() || observed.isAlive()) {
      stopTree(grace, endInput, describe);
    }
    endBearers(grace, describe);
    release();
    gone = true;
  }

  private void stopTree(Duration grace, Runnable endInput, UnaryOperator<String> describe) {
    List<ProcessHandle> tree = tree();
    endInput.run();
    boolean ended = isJvm && Body.waitUninterrupted(this, TO_END_BY_ITSELF);
    if (!ended) {
      observed.destroy();
      ended = Body.waitUninterrupted(this, grace);
    }
    if (!ended && hasParent) {
      Stream.concat(tree.stream(), tree().stream())
          .filter(member -> !member.equals(process.toHandle()))
          .forEach(ProcessHandle::destroyForcibly);
      ended = Body.waitUninterrupted(this, grace);
    }
    Stream.concat(tree.stream(), tree().stream()).forEach(ProcessHandle::destroyForcibly);
    if (!ended && !Body.waitUninterrupted(this, grace)) {
      throw new SubjectException(describe.apply("survived SIGKILL; it may hang in the kernel"));
    }
  }

  /** Those that are in no tree any more, until no other one has been forked meanwhile. */
  private void endBearers(Duration grace, UnaryOperator<String> describe) {
    boolean interrupted = Thread.interrupted();
    try {
      Awaitility.await()
          .pollInSameThread()
          .pollDelay(Duration.ZERO)
          .pollInterval(Duration.ofMillis(5))
          .atMost(TimeOut.scaled(grace.plus(TO_DIE)))
          .until(() -> {
            List<ProcessHandle> left = bearers();
            left.forEach(ProcessHandle::destroyForcibly);
            return left.isEmpty();
          });
    } catch (ConditionTimeoutException timeout) {
      throw new SubjectException(
          describe.apply("left running what SIGKILL does not end: " + inWords(bearers())), timeout);
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private void release() {
    ProcessGuard.release(process.pid());
    if (hasParent) {
      ProcessGuard.release(observed.pid());
    }
  }

  /** Of a parent that was killed, the descendants are found through the child alone. */
  private List<ProcessHandle> tree() {
    return Stream.of(
            process.descendants(), observed.descendants(), Stream.of(observed, process.toHandle()))
        .flatMap(members -> members)
        .distinct()
        .toList();
  }
}
