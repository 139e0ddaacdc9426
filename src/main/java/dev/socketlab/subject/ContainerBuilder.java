package dev.socketlab.subject;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.command.CreateContainerCmd;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.model.ContainerConfig;
import com.github.dockerjava.api.model.HostConfig;
import dev.socketlab.subject.internal.EngineEndpoint;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;
import org.jspecify.annotations.Nullable;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.output.OutputFrame;
import org.testcontainers.containers.startupcheck.StartupCheckStrategy;
import org.testcontainers.containers.wait.strategy.AbstractWaitStrategy;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.containers.wait.strategy.WaitStrategy;
import org.testcontainers.images.builder.Transferable;
import org.testcontainers.utility.DockerImageName;

/**
 * Describes a subject that is a container, and starts it through Testcontainers (an optional
 * dependency: add {@code org.testcontainers:testcontainers}). Obtained from a {@code Lab}, which
 * also ends what it started; nothing of it outlives the test's JVM, however that ends.
 *
 * <p>A parent, see {@link #childOf}, must be in the image, for instance strace. Readiness is waited
 * for 60 seconds by default.
 *
 * <p>The container is in a network of its own, and the subject must listen on all addresses there.
 * It is ready as {@link #readyWhen}, {@link #port} or {@link #waitingFor} say, or, with none of
 * them, at once. Its standard input is empty.
 *
 * {@snippet :
 * Subject redis = lab.container("redis:8").port(6379).cpus(0.5).start();
 * }
 */
@API(status = Status.MAINTAINED, since = "0.1")
public final class ContainerBuilder extends Description<ContainerBuilder> {

  private static final long NANO = 1_000_000_000;
  private static final int WRITABLE_BY_ALL = 0666;
  private static final Duration READY_WITHIN = Duration.ofSeconds(60);

  private final Path folder;
  private final Consumer<Subject> owner;
  private final String image;
  private final List<String> command = new ArrayList<>();
  private final List<Path> files = new ArrayList<>();
  private int port;
  private OptionalDouble cpus = OptionalDouble.empty();
  private OptionalLong memoryBytes = OptionalLong.empty();
  private @Nullable WaitStrategy waitStrategy;

  private ContainerBuilder(Path folder, Consumer<Subject> owner, String image) {
    super(image.replaceAll(".*/|[:@].*", "").replaceAll("[^A-Za-z0-9._-]", "-"), READY_WITHIN);
    this.folder = folder;
    this.owner = owner;
    this.image = image;
  }

  /**
   * A container of an image that the engine has. It is not pulled, so that a run measures what was
   * put there, and does not wait for a registry.
   *
   * @param folder where its output file goes
   * @param owner is told of the subject as soon as it runs, and ends it
   * @param image the image's reference, for instance {@code redis:8}
   * @return a builder
   */
  public static ContainerBuilder of(Path folder, Consumer<Subject> owner, String image) {
    EngineEndpoint.missingClient()
        .ifPresent(what -> {
          throw new SubjectException(what);
        });
    return new ContainerBuilder(folder, owner, image);
  }

  /**
   * Gives the image's entry point its arguments, in place of the image's own.
   *
   * @param arguments the arguments
   * @return this
   */
  public ContainerBuilder command(String... arguments) {
    command.clear();
    command.addAll(List.of(arguments));
    return this;
  }

  /**
   * Says on which port the subject listens inside; it is ready then.
   *
   * @param port a TCP port, 1 to 65535
   * @return this
   */
  public ContainerBuilder port(int port) {
    if (port < 1 || port > 65_535) {
      throw new IllegalArgumentException("port=" + port + " must be from 1 to 65535");
    }
    this.port = port;
    return this;
  }

  /**
   * Limits the CPU time of the container.
   *
   * @param cpus processors' worth of time, for instance 0.5 for 50 ms in each period of 100 ms
   * @return this
   */
  public ContainerBuilder cpus(double cpus) {
    if (!(cpus >= 0.01)) {
      throw new IllegalArgumentException("cpus=" + cpus + " must be at least 0.01");
    }
    this.cpus = OptionalDouble.of(cpus);
    return this;
  }

  /**
   * Limits the memory of the container.
   *
   * @param bytes at least 6 MiB, which engines ask for
   * @return this
   */
  public ContainerBuilder memoryBytes(long bytes) {
    if (bytes < 6L << 20) {
      throw new IllegalArgumentException("bytes=" + bytes + " must be at least " + (6L << 20));
    }
    this.memoryBytes = OptionalLong.of(bytes);
    return this;
  }

  /**
   * Makes the subject ready when a strategy of Testcontainers says so, for instance {@code
   * Wait.forHealthcheck()}. It looks about once a second.
   *
   * @param strategy the strategy
   * @return this
   */
  public ContainerBuilder waitingFor(WaitStrategy strategy) {
    this.waitStrategy = strategy;
    return this;
  }

  @Override
  ContainerBuilder self() {
    return this;
  }

  @Override
  public ContainerBuilder writes(Path file) {
    files.add(file);
    return this;
  }

  @Override
  public Subject start() {
    return launch().awaitReady();
  }

  /** Starts the container, and waits only where {@link #waitingFor} was used. */
  @Override
  public Subject launch() {
    SubjectOutput log = freshLog();
    CompletableFuture<Void> endOfLog = new CompletableFuture<>();
    GenericContainer<?> container = container(frame -> write(frame, log, endOfLog));
    Subject subject;
    ContainerGuard.planned();
    try {
      container.start();
      ContainerBody body = new ContainerBody(container, files, endOfLog);
      subject =
          new Subject(
              name,
              startedAs(container, body),
              body,
              log,
              grace,
              new Readiness(readyPattern, port, Map.of(), readyWithin),
              new Injection(List.of(), log),
              null);
    } catch (RuntimeException | IOException failure) {
      container.stop();
      ContainerGuard.removed();
      throw new SubjectException(
          "container %s cannot be started: image=%s, %s; %s"
              .formatted(name, image, reason(failure), log.tail()),
          failure);
    }
    owner.accept(subject); // from here on its owner ends it
    if (!parent.isEmpty()) {
      subject.awaitChild();
    }
    return subject;
  }

  @SuppressWarnings("resource") // the lab ends it
  private GenericContainer<?> container(Consumer<OutputFrame> log) {
    GenericContainer<?> container = new GenericContainer<>(DockerImageName.parse(image));
    container
        .withEnv(environment)
        .withLabels(ContainerGuard.label())
        .withLabel("dev.socketlab.subject", name)
        .withLogConsumer(log)
        .withStartupTimeout(readyWithin)
        .withStartupCheckStrategy(new AnyStart())
        .withImagePullPolicy(_ -> false)
        .withCreateContainerCmdModifier(this::shape);
    if (!command.isEmpty()) {
      container.withCommand(command.toArray(String[]::new));
    }
    boolean publish = port != 0 && ContainerEngine.needsPublishedPorts();
    if (publish) {
      container.withExposedPorts(port);
    }
    container.waitingFor(strategy(publish));
    files.forEach(file ->
        container.withCopyToContainer(Transferable.of("", WRITABLE_BY_ALL), file.toString()));
    return container;
  }

  private WaitStrategy strategy(boolean published) {
    return waitStrategy != null ? waitStrategy : published ? Wait.forListeningPort() : new AtOnce();
  }

  /** What is not Testcontainers' own: limits, and a parent in front of the image's entry point. */
  private void shape(CreateContainerCmd create) {
    HostConfig host = Objects.requireNonNull(create.getHostConfig(), "host configuration");
    cpus.ifPresent(count -> host.withNanoCPUs(Math.round(count * NANO)));
    memoryBytes.ifPresent(host::withMemory);
    if (!parent.isEmpty()) {
      ContainerConfig config =
          Objects.requireNonNull(
              ContainerEngine.client().inspectImageCmd(image).exec().getConfig(), "image");
      List<String> arguments = command.isEmpty() ? words(config.getCmd()) : command;
      create.withEntrypoint(
          Stream.of(parent, words(config.getEntrypoint()), arguments)
              .flatMap(List::stream)
              .toList());
      create.withCmd(List.of());
    }
  }

  private static List<String> words(String @Nullable [] words) {
    return words == null ? List.of() : List.of(words);
  }

  private String startedAs(GenericContainer<?> container, ContainerBody body) {
    return "container of %s (%s), %s, %s, reached %s"
        .formatted(
            image,
            container.getContainerInfo().getImageId(),
            body.isHere()
                ? ContainerEngine.limits(body.pid())
                : "limits unknown: the engine is on another machine",
            ContainerEngine.describe(),
            body.isHere() ? "at its own address" : "through a published port");
  }

  private SubjectOutput freshLog() {
    try {
      return SubjectOutput.fresh(folder, name);
    } catch (IOException failure) {
      throw new UncheckedIOException("cannot create an output file in " + folder, failure);
    }
  }

  private static void write(OutputFrame frame, SubjectOutput log, CompletableFuture<Void> end) {
    byte[] bytes = frame.getBytes();
    if (frame.getType() == OutputFrame.OutputType.END) {
      end.complete(null);
    } else if (bytes != null) {
      try {
        Files.write(log.file(), bytes, StandardOpenOption.APPEND);
      } catch (IOException failure) {
        throw new UncheckedIOException("cannot write " + log.file(), failure);
      }
    }
  }

  private String reason(Throwable failure) {
    Throwable cause = failure;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    return cause instanceof NotFoundException
        ? "the engine has no such image; docker pull " + image + ", or build it"
        : String.valueOf(cause.getMessage());
  }

  /** Takes every subject for ready: one may end at once, and its exit code tells how. */
  private static final class AnyStart extends StartupCheckStrategy {

    @Override
    public StartupStatus checkStartupState(DockerClient client, String containerId) {
      return StartupStatus.SUCCESSFUL;
    }
  }

  /** Does not wait: the subject waits itself, more closely than once a second. */
  private static final class AtOnce extends AbstractWaitStrategy {

    @Override
    protected void waitUntilReady() {
      // Nothing to wait for.
    }
  }
}
