package dev.socketlab.place;

import java.io.Writer;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A subject that is a process of this machine, perhaps the child of a parent command. */
final class ProcessBody implements Body {

  private final Process process;
  private final boolean hasParent;

  /** A JVM that reads its input in the kernel takes 300 ms longer to exit on a signal. */
  private static final Duration TO_END_BY_ITSELF = Duration.ofMillis(100);

  private final boolean isJvm;
  private final @Nullable NetworkHost host;
  private final Writer input;
  private ProcessHandle observed;

  /**
   * Takes a process that has been started.
   *
   * @param hasParent whether the process is a parent that runs the subject as its child, see {@link
   *     #findChild}
   * @param isJvm whether it may be expected to end with its input
   * @param host where it runs; null is the network of the calling thread
   */
  ProcessBody(Process process, boolean hasParent, boolean isJvm, @Nullable NetworkHost host) {
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
  public String label() {
    return "pid " + pid();
  }

  @Override
  public InetSocketAddress address(int port) {
    return new InetSocketAddress(host == null ? Subject.loopback() : host.address(), port);
  }

  @Override
  public boolean isListening(int port) throws Exception {
    return host == null ? FreePort.isListening(port) : host.call(() -> FreePort.isListening(port));
  }

  /**
   * A parent may fork for purposes of its own before; such a child runs the parent's program, the
   * subject runs another.
   */
  @Override
  public boolean findChild() {
    Optional<String> parent = process.info().command();
    Optional<ProcessHandle> child =
        process
            .children()
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
    if (!process.isAlive() && !observed.isAlive()) {
      release();
      return;
    }
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
    release();
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
