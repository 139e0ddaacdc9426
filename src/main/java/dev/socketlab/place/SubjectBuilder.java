package dev.socketlab.place;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Describes a subject and starts it. Obtained from a laboratory, which also ends what it started.
 *
 * <p>The word <code>{port}</code> in an argument stands for a free port below the ephemeral range;
 * such a subject is ready when it listens there. Otherwise a subject is ready when it prints a line
 * that {@link #readyWhen} names, or, with neither, at once. Readiness is waited for 20 seconds
 * unless told. A parent, see {@link #childOf}, stands before all that {@link #under} puts in front.
 *
 * <pre>{@code
 * lab.java(Server.class, "{port}").named("server").jvmFlags("-Xmx64m").start();
 * lab.command("my-server", "--any-port").readyWhen("listening on .*:(\\d+)").start();
 * }</pre>
 */
public final class SubjectBuilder extends Description<SubjectBuilder> {

  private static final String PORT = "{port}";
  private static final Duration READY_WITHIN = Duration.ofSeconds(20);

  private final Path folder;
  private final Consumer<Subject> owner;
  private final @Nullable String mainClass;
  private final List<String> arguments;
  private final List<String> jvmFlags = new ArrayList<>();
  private final List<String> prefix = new ArrayList<>();
  private @Nullable NetworkHost host;

  private SubjectBuilder(
      Path folder,
      Consumer<Subject> owner,
      @Nullable String mainClass,
      String name,
      List<String> arguments) {
    super(name, READY_WITHIN);
    this.folder = folder;
    this.owner = owner;
    this.mainClass = mainClass;
    this.arguments = List.copyOf(arguments);
  }

  /**
   * A main class in a JVM of its own, with the class path of this one.
   *
   * @param folder where its output file goes
   * @param owner is told of the subject as soon as it runs, and ends it
   * @param main the class that has the main method
   * @param arguments the program's arguments
   * @return a builder
   */
  public static SubjectBuilder java(
      Path folder, Consumer<Subject> owner, Class<?> main, List<String> arguments) {
    return new SubjectBuilder(folder, owner, main.getName(), main.getSimpleName(), arguments);
  }

  /**
   * Any command.
   *
   * @param folder where its output file goes
   * @param owner is told of the subject as soon as it runs, and ends it
   * @param command the program and its arguments
   * @return a builder
   */
  public static SubjectBuilder command(Path folder, Consumer<Subject> owner, List<String> command) {
    if (command.isEmpty()) {
      throw new IllegalArgumentException("the command is empty; give at least a program");
    }
    String program = Path.of(command.getFirst()).getFileName().toString();
    return new SubjectBuilder(folder, owner, null, program, command);
  }

  /**
   * Adds flags for the subject's JVM.
   *
   * @param flags for instance {@code -XX:+UseSerialGC}
   * @return this
   * @throws IllegalStateException for a subject that is not a main class
   */
  public SubjectBuilder jvmFlags(String... flags) {
    if (mainClass == null) {
      throw new IllegalStateException("jvmFlags are for main classes; " + name + " is a command");
    }
    jvmFlags.addAll(List.of(flags));
    return this;
  }

  /**
   * Puts another command in front, which then runs the subject as its child or becomes it.
   *
   * @param command for instance {@code taskset -c 0}
   * @return this
   */
  public SubjectBuilder under(String... command) {
    prefix.addAll(0, List.of(command));
    return this;
  }

  @Override
  SubjectBuilder self() {
    return this;
  }

  /** Does nothing: what a process of this machine writes is here. */
  @Override
  public SubjectBuilder writes(Path file) {
    return this;
  }

  /**
   * Starts the subject on another host than the calling thread's.
   *
   * @param host where it runs
   * @return this
   */
  public SubjectBuilder on(NetworkHost host) {
    this.host = host;
    return this;
  }

  /**
   * Starts the subject in the network of the calling thread, unless told by {@link #on}, and waits
   * until it is ready.
   */
  @Override
  public Subject start() {
    return launch().awaitReady();
  }

  /** Starts the subject likewise and does not wait, so that several can start at the same time. */
  @Override
  public Subject launch() {
    NetworkHost elsewhere = host;
    Subject subject = elsewhere == null ? launchHere() : launchOn(elsewhere);
    owner.accept(subject);
    if (!parent.isEmpty()) {
      subject.awaitChild();
    }
    return subject;
  }

  private Subject launchOn(NetworkHost elsewhere) {
    try {
      return elsewhere.call(this::launchHere);
    } catch (RuntimeException failure) {
      throw failure;
    } catch (Exception failure) {
      throw new SubjectException(
          "subject " + name + " cannot be started on " + elsewhere.address(), failure);
    }
  }

  private Subject launchHere() {
    int port = arguments.stream().anyMatch(a -> a.contains(PORT)) ? FreePort.find() : 0;
    List<String> command = new ArrayList<>(parent);
    command.addAll(prefix);
    if (mainClass != null) {
      command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
      command.addAll(jvmFlags);
      command.addAll(List.of("-cp", System.getProperty("java.class.path"), mainClass));
    }
    arguments.forEach(argument -> command.add(argument.replace(PORT, Integer.toString(port))));
    try {
      SubjectOutput log = SubjectOutput.fresh(folder, name);
      ProcessBuilder builder =
          new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.file().toFile());
      builder.environment().putAll(environment);
      Process process = guarded(builder.start());
      return new Subject(
          name,
          startedAs(),
          new ProcessBody(process, !parent.isEmpty(), mainClass != null, host),
          log,
          grace,
          readiness(port));
    } catch (IOException failure) {
      throw new SubjectException(
          "subject " + name + " cannot be started: " + failure.getMessage(), failure);
    }
  }

  /** A process that cannot be guarded must not run. */
  private static Process guarded(Process process) {
    try {
      ProcessGuard.guard(process.pid());
      return process;
    } catch (SubjectException failure) {
      process.destroyForcibly();
      throw failure;
    }
  }

  private Readiness readiness(int port) {
    return new Readiness(readyPattern, port, readyWithin);
  }

  private String startedAs() {
    if (mainClass == null) {
      return "command " + Path.of(arguments.getFirst()).getFileName();
    }
    return jvmFlags.isEmpty() ? "JVM without flags" : "JVM " + String.join(" ", jvmFlags);
  }
}
