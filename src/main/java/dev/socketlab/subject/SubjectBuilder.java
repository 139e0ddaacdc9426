package dev.socketlab.subject;

import dev.socketlab.internal.os.ErrorText;
import dev.socketlab.network.NetworkHost;
import dev.socketlab.subject.internal.FreePort;
import dev.socketlab.subject.internal.ProcessGuard;
import dev.socketlab.subject.internal.ProcessMark;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;
import org.jspecify.annotations.Nullable;

/**
 * Describes a subject and starts it. Obtained from a {@code Lab}, which also ends what it started.
 *
 * <p>The word <code>{port}</code> in an argument, a JVM's flag, a variable's value or a {@link
 * #file} stands for a free port outside the ephemeral range; such a subject is ready when it
 * listens there. <code>{port:admin}</code> is another one, {@link Subject#port(String)}, and <code>
 * {file:nginx.conf}</code> the path of a file. Otherwise a subject is ready when it prints a line
 * that {@link #readyWhen} names, or, with neither, at once. Readiness is waited for 20 seconds by
 * default. A parent, see {@link #childOf}, stands before all that {@link #under} puts in front.
 *
 * {@snippet :
 * lab.java(Server.class, "{port}").named("server").jvmFlags("-Xmx64m").start();
 * lab.command("nginx", "-c", "{file:nginx.conf}").file("nginx.conf", "… listen {port}; …").start();
 * lab.command("my-server", "--any-port").readyWhen("listening on .*:(\\d+)").start();
 * }
 */
@API(status = Status.MAINTAINED, since = "0.1")
public final class SubjectBuilder extends Description<SubjectBuilder> {

  private static final Duration READY_WITHIN = Duration.ofSeconds(20);
  private static final Path OWN_JAVA_HOME = Path.of(System.getProperty("java.home"));
  private static final int LONGEST_LINE = 300;
  private static final Pattern ABSOLUTE_PATH =
      Pattern.compile("(?<![\\w/.])/(?:[^\\s/:]+/)*([^\\s/:]+)");

  private final Path folder;
  private final Consumer<Subject> owner;
  private final @Nullable Class<?> mainClass;
  private final List<String> arguments;
  private final List<String> jvmFlags = new ArrayList<>();
  private final List<String> prefix = new ArrayList<>();
  private final Map<String, String> files = new LinkedHashMap<>();
  private List<SyscallFault> faults = List.of();
  private Path javaHome = OWN_JAVA_HOME;
  private List<Path> classPath = List.of();
  private @Nullable NetworkHost host;

  private SubjectBuilder(
      Path folder,
      Consumer<Subject> owner,
      @Nullable Class<?> mainClass,
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
    return new SubjectBuilder(folder, owner, main, main.getSimpleName(), arguments);
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
    requireMainClass("jvmFlags are");
    jvmFlags.addAll(List.of(flags));
    return this;
  }

  /**
   * Runs the main class on another JDK than the test's.
   *
   * @param home the folder that holds {@code bin/java}
   * @return this
   * @throws IllegalArgumentException if it holds none
   * @throws IllegalStateException for a subject that is not a main class
   */
  public SubjectBuilder jdk(Path home) {
    requireMainClass("jdk is");
    if (!Files.isExecutable(home.resolve("bin").resolve("java"))) {
      throw new IllegalArgumentException("home=" + home + " of " + name + " has no bin/java");
    }
    javaHome = home;
    return this;
  }

  /**
   * Gives the main class another class path than the test's, in place of it.
   *
   * @param entries jars and folders of classes
   * @return this
   * @throws IllegalArgumentException if one of them does not exist
   * @throws IllegalStateException for a subject that is not a main class
   */
  public SubjectBuilder classPath(Path... entries) {
    requireMainClass("classPath is");
    for (Path entry : entries) {
      if (!Files.exists(entry)) {
        throw new IllegalArgumentException("entries of " + name + ": there is no " + entry);
      }
    }
    classPath = List.of(entries);
    return this;
  }

  /**
   * Gives the main class the class path that the build has written to a file, in place of the
   * test's: that of another version of a library. What the main class itself is in comes first.
   *
   * {@snippet :
   * // mvn -f netty-4.1.xml dependency:build-classpath -Dmdep.outputFile=target/netty-4.1.txt
   * lab.java(Server.class, "{port}").classPathFile(Path.of("target/netty-4.1.txt")).start();
   * }
   *
   * @param file jars and folders, separated as the system separates them
   * @return this
   * @throws IllegalArgumentException if there is no such file, or an entry of it does not exist;
   *     the message has the line that a pom needs
   * @throws IllegalStateException for a subject that is not a main class
   */
  public SubjectBuilder classPathFile(Path file) {
    requireMainClass("classPathFile is");
    List<Path> entries = new ArrayList<>();
    locationOfMain().ifPresent(entries::add);
    try {
      for (String entry : Files.readString(file).strip().split(File.pathSeparator, -1)) {
        entries.add(Path.of(entry));
        if (entry.isEmpty() || !Files.exists(Path.of(entry))) {
          throw new IllegalArgumentException(unusable(file, "names no existing file: " + entry));
        }
      }
    } catch (IOException failure) {
      throw new IllegalArgumentException(
          unusable(file, "cannot be read: " + ErrorText.firstLine(failure)), failure);
    }
    classPath = List.copyOf(entries);
    return this;
  }

  private String unusable(Path file, String why) {
    return "file=%s, the class path of %s, %s; Maven writes it by the goal"
            .formatted(file, name, why)
        + " dependency:build-classpath of a pom that has the version's dependencies, and"
        + " <mdep.outputFile>%s</mdep.outputFile> among its properties"
            .formatted(file.toAbsolutePath());
  }

  private Optional<Path> locationOfMain() {
    return Optional.ofNullable(mainClass)
        .map(main -> main.getProtectionDomain().getCodeSource())
        .map(source -> Path.of(URI.create(source.getLocation().toString())));
  }

  private void requireMainClass(String verb) {
    if (mainClass == null) {
      throw new IllegalStateException(verb + " for main classes; " + name + " is a command");
    }
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

  /**
   * Gives faults to system calls of the subject and of all that it starts: chosen calls fail, or
   * return a result, without the kernel being asked. It runs as the child of strace then, until its
   * end, and {@link Subject#injected} tells how often that happened. Calls that have no fault run
   * at their usual speed where strace can leave them alone ({@code --seccomp-bpf}). Needs {@code
   * strace}, as {@code @RequiresTracer} does; Linux only.
   *
   * {@snippet :
   * Subject server =
   *     lab.java(Server.class, "{port}")
   *         .injecting(SyscallFault.error("EMFILE", "accept", "accept4").nth(3))
   *         .start();
   * }
   *
   * @param faults one or more, of different calls; in place of those of an earlier call of this
   * @return this; starting it throws a {@link SubjectException} where strace is missing, may not
   *     trace here, or does not know the name of a call or an error, and an {@link
   *     IllegalStateException} where it has a parent ({@link #childOf}), which a count of its
   *     system calls by strace is
   * @throws IllegalArgumentException if two are of the same call
   */
  public SubjectBuilder injecting(SyscallFault... faults) {
    Set<String> seen = new HashSet<>();
    for (SyscallFault fault : faults) {
      for (String call : fault.calls()) {
        if (!seen.add(call)) {
          throw new IllegalArgumentException(
              "faults of "
                  + name
                  + ": two are of "
                  + call
                  + ", and strace takes one for each call");
        }
      }
    }
    this.faults = List.of(faults);
    return this;
  }

  /**
   * Gives the subject a file, for instance its configuration. It is written when the subject is
   * started, below the output folder of the trial, and stays there as the output does. <code>
   * {file:NAME}</code> stands for its path, in the content <code>{port}</code> for a free port.
   *
   * @param name letters, digits, dots, dashes and underscores, for instance {@code nginx.conf}
   * @param content the text, written as UTF-8; it is named in the provenance of the artifact
   * @return this
   */
  public SubjectBuilder file(String name, String content) {
    if (!name.matches("[A-Za-z][A-Za-z0-9._-]*")) {
      throw new IllegalArgumentException(
          "name=\""
              + name
              + "\" of a file of "
              + this.name
              + " must be a letter, then letters, digits, dots, dashes and underscores");
    }
    files.put(name, content);
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
   * Starts the subject in the network of the calling thread, unless {@link #on} names another, and
   * waits until it is ready.
   */
  @Override
  public Subject start() {
    return launch().awaitReady();
  }

  /** Starts the subject likewise and does not wait, so that several can start at the same time. */
  @Override
  public Subject launch() {
    return launch(Map.of());
  }

  /** Takes ports that another subject of this plan had. */
  private Subject launch(Map<String, Integer> ports) {
    NetworkHost elsewhere = host;
    requireThatFaultsCanBeInjected();
    Subject subject = elsewhere == null ? launchHere(ports) : launchOn(elsewhere, ports);
    owner.accept(subject);
    if (hasParent()) {
      subject.awaitChild();
    }
    return subject;
  }

  private boolean hasParent() {
    return !parent.isEmpty() || !faults.isEmpty();
  }

  private void requireThatFaultsCanBeInjected() {
    if (faults.isEmpty()) {
      return;
    }
    if (!parent.isEmpty()) {
      throw new IllegalStateException(
          "subject "
              + name
              + " is injected faults by strace, its parent, and cannot be the child of "
              + inOneLine(parent)
              + " too; to count its system calls use a tracer that is none, such as BPFTRACE");
    }
    Injection.require(faults, name, program -> program);
  }

  private Subject launchOn(NetworkHost elsewhere, Map<String, Integer> ports) {
    try {
      return elsewhere.call(() -> launchHere(ports));
    } catch (RuntimeException failure) {
      throw failure;
    } catch (Exception failure) {
      throw new SubjectException(
          "subject " + name + " cannot be started on " + elsewhere.address(), failure);
    }
  }

  private Subject launchHere(Map<String, Integer> known) {
    try {
      SubjectOutput log = SubjectOutput.fresh(folder, name);
      Injection injection = new Injection(faults, new SubjectOutput(beside(log, "-faults.txt")));
      Placeholders placeholders = new Placeholders(name, pathsBeside(log), known, FreePort::find);
      placeholders.write(files);
      ProcessBuilder builder =
          new ProcessBuilder(command(placeholders, injection))
              .redirectErrorStream(true)
              .redirectOutput(log.file().toFile());
      environment.forEach((variable, value) ->
          builder.environment().put(variable, placeholders.fill(value, "variable " + variable)));
      long mark = ProcessMark.fresh();
      Process process = guarded(ProcessMark.start(builder, mark));
      Map<String, Integer> ports = placeholders.ports();
      return new Subject(
          name,
          startedAs(),
          new ProcessBody(process, mark, hasParent(), mainClass != null, host),
          log,
          grace,
          readiness(ports),
          injection,
          () -> launch(ports).awaitReady());
    } catch (IOException failure) {
      throw new SubjectException(
          "subject " + name + " cannot be started: " + ErrorText.firstLine(failure), failure);
    }
  }

  private List<String> command(Placeholders placeholders, Injection injection) {
    List<String> command = new ArrayList<>(faults.isEmpty() ? parent : injection.command());
    command.addAll(prefix);
    if (mainClass != null) {
      command.add(javaHome.resolve("bin").resolve("java").toString());
      jvmFlags.forEach(flag -> command.add(placeholders.fill(flag, "flag \"" + flag + "\"")));
      command.addAll(List.of("-cp", classPathOfMain(), mainClass.getName()));
    }
    arguments.forEach(
        argument -> command.add(placeholders.fill(argument, "argument \"" + argument + "\"")));
    return command;
  }

  private String classPathOfMain() {
    return classPath.isEmpty()
        ? System.getProperty("java.class.path")
        : classPath.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator));
  }

  /** In a folder of this subject's own: a second one of its name may have another content. */
  private Map<String, Path> pathsBeside(SubjectOutput log) {
    Path own = beside(log, "-files");
    return files.keySet().stream().collect(Collectors.toMap(file -> file, own::resolve));
  }

  private static Path beside(SubjectOutput log, String ending) {
    Path file = log.file().toAbsolutePath();
    return file.resolveSibling(file.getFileName().toString().replaceAll("\\.log$", ending));
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

  private Readiness readiness(Map<String, Integer> ports) {
    int main = ports.getOrDefault(Placeholders.MAIN_PORT, 0);
    return new Readiness(readyPattern, main, ports, readyWithin);
  }

  /** As it was described, {port} included, so that it is the same in each run. */
  private String startedAs() {
    String under =
        (faults.isEmpty() ? "" : " injecting " + faults)
            + (prefix.isEmpty() ? "" : " under " + inOneLine(prefix));
    String with =
        files.entrySet().stream()
            .map(file ->
                " with %s (hash %08x) %s"
                    .formatted(
                        file.getKey(),
                        file.getValue().hashCode(),
                        inOneLine(List.of(file.getValue()))))
            .collect(Collectors.joining());
    if (mainClass == null) {
      return "command " + inOneLine(arguments) + under + with;
    }
    return (jvmFlags.isEmpty() ? "JVM without flags" : "JVM " + inOneLine(jvmFlags))
        + (javaHome.equals(OWN_JAVA_HOME) ? "" : " of " + javaHome.getFileName())
        + (classPath.isEmpty() ? "" : " with the class path " + fileNames(classPath))
        + ": "
        + inOneLine(
            Stream.concat(Stream.of(simpleName(mainClass.getName())), arguments.stream()).toList())
        + under
        + with;
  }

  private static String simpleName(String className) {
    return className.substring(className.lastIndexOf('.') + 1);
  }

  private static String fileNames(List<Path> paths) {
    return paths.stream()
        .map(path -> String.valueOf(path.getFileName()))
        .collect(Collectors.joining(" "));
  }

  /** Without the folders of paths, which are this machine's, and not longer than can be read. */
  private static String inOneLine(List<String> words) {
    String line =
        ABSOLUTE_PATH
            .matcher(String.join(" ", words).replaceAll("[\\p{Cntrl}\\s]+", " ").strip())
            .replaceAll("$1");
    return line.length() <= LONGEST_LINE ? line : line.substring(0, LONGEST_LINE) + "…";
  }
}
