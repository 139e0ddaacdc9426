package dev.socketlab.experiment;

import dev.socketlab.gate.GateFinding;
import dev.socketlab.gate.internal.GateCheck;
import dev.socketlab.gate.internal.GateClosedException;
import dev.socketlab.network.NetworkHost;
import dev.socketlab.network.TwoHosts;
import dev.socketlab.network.internal.Changes;
import dev.socketlab.script.Script;
import dev.socketlab.subject.ContainerBuilder;
import dev.socketlab.subject.Subject;
import dev.socketlab.subject.SubjectBuilder;
import dev.socketlab.subject.SubjectPlan;
import dev.socketlab.subject.internal.EngineEndpoint;
import dev.socketlab.subject.internal.FreePort;
import dev.socketlab.trace.SyscallCounts;
import dev.socketlab.trace.internal.AttachedWindows;
import dev.socketlab.trace.internal.CounterMeasurement;
import dev.socketlab.trace.internal.SyscallMeasurement;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;
import org.jspecify.annotations.Nullable;

/**
 * What an experiment works with: its parameters, its subjects, and the report that becomes the
 * artifact. Any method of an {@link Experiment} can have a parameter of this type.
 *
 * <p>A subject that is started in a trial or test is ended after it; one that is started in a
 * {@code @BeforeAll} method lives until the experiment's end. A subject that ends by itself
 * although nobody waited for that makes the run invalid. Used by one thread at a time.
 *
 * {@snippet :
 * @Trials(5)
 * void load(Trial trial, Lab lab) {
 *   Subject server = lab.java(Server.class, "{port}").start();
 *   trial.result("port " + server.port());
 * }
 * }
 */
@API(status = Status.MAINTAINED, since = "0.1")
public final class Lab {

  private static final Duration MOMENT_OF_DEATH = Duration.ofMillis(250);
  private static final int MOST_WAYS = 8;
  private static final Pattern UNFIT_FOR_A_FILE_NAME = Pattern.compile("[^A-Za-z0-9._-]+");

  private final Parameters parameters;
  private final Path folder;
  private final ExperimentNetwork network;
  private final BiFunction<String, GateFinding, GateCheck> gates;
  private final Report report = new Report();
  private final Map<String, SortedSet<String>> subjects = new LinkedHashMap<>();
  private final Set<String> programs = new ConcurrentSkipListSet<>();
  private final Deque<Scope> scopes = new ConcurrentLinkedDeque<>();
  private final List<Measured> measured = new ArrayList<>();
  private String evidence = "";
  private boolean isNote;

  Lab(
      Parameters parameters,
      Path folder,
      ExperimentNetwork network,
      BiFunction<String, GateFinding, GateCheck> gates) {
    this.parameters = parameters;
    this.folder = folder;
    this.network = network;
    this.gates = gates;
    scopes.push(scope(folder));
  }

  /** What began with a trial, and how much had been changed on each host before. */
  private record Scope(
      Path folder, List<Subject> subjects, Script script, Map<Changes, Integer> marks) {}

  private Scope scope(Path folder) {
    return new Scope(
        folder,
        new CopyOnWriteArrayList<>(),
        Script.of(hasPrivateNetwork(), this::whereSubjectsStand),
        marks());
  }

  private Map<Changes, Integer> marks() {
    return network.ownHosts().stream()
        .collect(Collectors.toMap(NetworkHost::changes, host -> host.changes().mark()));
  }

  /**
   * The value that a parameter has in this run.
   *
   * @param parameter one that the experiment's class declares
   * @param <T> the type of its value
   * @return the value
   */
  public <T> T get(Parameter<T> parameter) {
    return parameters.get(parameter);
  }

  /**
   * Describes a subject that is a main class, in a JVM of its own with the class path of the test.
   *
   * @param main the class with the main method
   * @param arguments the program's arguments; <code>{port}</code> stands for a free port
   * @return a builder; nothing runs before its {@link SubjectBuilder#start}
   */
  public SubjectBuilder java(Class<?> main, String... arguments) {
    return SubjectBuilder.java(outputFolder(), this::own, main, List.of(arguments));
  }

  /**
   * Describes a subject that is a command.
   *
   * @param command the program and its arguments; <code>{port}</code> stands for a free port
   * @return a builder; nothing runs before its {@link SubjectBuilder#start}
   */
  public SubjectBuilder command(String... command) {
    if (command.length > 0) {
      programs.add(command[0]);
    }
    return SubjectBuilder.command(outputFolder(), this::own, List.of(command));
  }

  /**
   * Describes a subject that is a container, in a network of its own that this machine has a route
   * to. Needs Testcontainers on the class path; declare {@link dev.socketlab.gate.RequiresDocker}.
   *
   * @param image the image's reference, for instance {@code redis:8}
   * @return a builder; nothing runs before its {@link ContainerBuilder#start}
   * @throws IllegalStateException if Testcontainers is not on the class path
   */
  public ContainerBuilder container(String image) {
    EngineEndpoint.missingClient()
        .ifPresent(what -> {
          throw new IllegalStateException(what);
        });
    return ContainerBuilder.of(outputFolder(), this::own, image);
  }

  /**
   * Describes a count of the system calls that a subject makes for one operation.
   *
   * {@snippet :
   * SyscallMix mix =
   *     lab.syscalls(() -> lab.java(Server.class, "{port}"))
   *         .perOperation(500, (server, requests) -> drive(server.address(), requests));
   * }
   *
   * @param fresh describes the subject anew at each call, and does not start it
   * @return a measurement; nothing runs before its {@link SyscallMeasurement#perOperation}
   */
  public SyscallMeasurement syscalls(Supplier<? extends SubjectPlan> fresh) {
    return SyscallMeasurement.of(outputFolder(), this::ownTracer, fresh)
        .andTell(mix -> measured.add(new MeasuredCalls(mix)));
  }

  /**
   * Counts the system calls that a running subject makes while something is done, with an attached
   * strace.
   *
   * {@snippet :
   * SyscallCounts counts = lab.syscallsOf(server, () -> openConnections(40));
   * }
   *
   * @param server the subject, ready
   * @param meanwhile what is done
   * @return its calls, and how many of them failed
   * @throws dev.socketlab.trace.TraceException if strace is refused or ends too early
   */
  public SyscallCounts syscallsOf(Subject server, Runnable meanwhile) {
    return AttachedWindows.count(outputFolder(), this::ownTracer, server, meanwhile);
  }

  /**
   * Describes a count of what one operation adds to the kernel's protocol counters. They are those
   * of the network that the experiment's methods run in, so it needs a {@link PrivateNetwork};
   * without one, others count too, and a budget is INCONCLUSIVE.
   *
   * {@snippet :
   * CounterMix mix =
   *     lab.counters(() -> lab.java(Server.class, "{port}"))
   *         .perOperation(100, (server, requests) -> drive(server.address(), requests));
   * }
   *
   * @param fresh describes the subject, and does not start it
   * @return a measurement; nothing runs before its {@link CounterMeasurement#perOperation}
   */
  public CounterMeasurement counters(Supplier<? extends SubjectPlan> fresh) {
    return CounterMeasurement.of(fresh, network.ownHosts())
        .andTell(mix -> measured.add(new MeasuredCounters(mix)));
  }

  /**
   * What the test itself does on one end of connections: connects and listens, sends, reads or does
   * not, resets and closes. What it opens is closed after the trial or test in which this was
   * called, before the subjects are ended.
   *
   * {@snippet :
   * ScriptedConnection client = lab.script().connect(server.address());
   * client.send("half a requ");
   * client.reset();
   * }
   *
   * @return the script of the current trial or test, the same one at each call
   */
  public Script script() {
    return scope().script();
  }

  /**
   * A port that nobody uses, outside the ephemeral range, where no client's connection can take it.
   *
   * @return a port, another one at each call
   */
  public int freePort() {
    return FreePort.find();
  }

  /**
   * The report that becomes the artifact.
   *
   * @return the one report of this run, to be filled
   */
  public Report report() {
    return report;
  }

  /**
   * Gives the numbers behind the verdict of the mechanism that is being asserted; they stand beside
   * it in the artifact.
   *
   * @param numbers for instance {@code 24 of 24 ledgers balance}
   */
  public void evidence(String numbers) {
    this.evidence = numbers;
  }

  /**
   * Says what was found where neither answer is wrong: the verdict of the mechanism that is being
   * asserted becomes {@code NOTE}, which neither holds nor fails.
   *
   * @param finding what was found, for instance {@code no keepalive: a dead peer is kept for ever}
   */
  public void note(String finding) {
    this.evidence = finding;
    this.isNote = true;
  }

  /**
   * Whether this run is in a network of its own, so that protocol-wide counters count it alone.
   *
   * @return false on the host's network
   */
  public boolean hasPrivateNetwork() {
    return network.isPrivate();
  }

  /**
   * The host that the methods of the experiment run on: one end of the link, or the only host of a
   * private network.
   *
   * @return the host
   * @throws IllegalStateException if the experiment is in the machine's own network
   */
  public NetworkHost here() {
    NetworkHost here = network.here();
    if (here == null) {
      throw new IllegalStateException(
          "this run is in the machine's own network, which is not for a test to change; "
              + "@PrivateNetwork(required = true) asks for one");
    }
    return here;
  }

  /**
   * The other host, which only the link reaches. {@code lab.java(…).on(lab.peer())} starts a
   * subject there, {@code lab.peer().call(…)} runs code there.
   *
   * @return the other end of the link
   * @throws IllegalStateException if the experiment did not ask for two hosts
   */
  public NetworkHost peer() {
    return hosts().peer();
  }

  private TwoHosts hosts() {
    TwoHosts hosts = network.hosts();
    if (hosts == null) {
      throw new IllegalStateException(
          "this experiment has one host; ask for two with @PrivateNetwork(hosts = 2)");
    }
    return hosts;
  }

  /**
   * Enters a gate that only a part of the experiment needs, for instance one level of a factor, and
   * asks whether that part can run. It stands in the table of gates and in the artifact.
   *
   * {@snippet :
   * List<Transport> transports(Lab lab) {
   *   return Stream.of(Transport.values())
   *       .filter(transport -> lab.isOpen(transport.name(), transport.availability()))
   *       .toList();
   * }
   * }
   *
   * @param gate the gate's name, as {@code socketlab.require} would demand it
   * @param finding what was found on this machine
   * @return false where the part has to be left out
   * @throws GateClosedException if it is closed and this run demands it
   */
  public boolean isOpen(String gate, GateFinding finding) {
    GateCheck check = gates.apply(gate, finding);
    check.failIfDemanded();
    return check.finding().open();
  }

  /**
   * The folder for files of the current trial or test, for instance the output of subjects. It is
   * emptied when the experiment is run again.
   *
   * @return a folder below {@code socketlab.output}
   */
  public Path outputFolder() {
    return scope().folder();
  }

  /** The programs of the subjects that are commands. */
  Set<String> programs() {
    return programs;
  }

  /** How each subject was started, by name; one that was started in several ways, in all. */
  Map<String, String> subjects() {
    Map<String, String> started = new LinkedHashMap<>();
    subjects.forEach((name, ways) -> started.put(name, inWords(ways)));
    return started;
  }

  private static String inWords(SortedSet<String> ways) {
    String first = ways.stream().limit(MOST_WAYS).collect(Collectors.joining(" | "));
    return ways.size() <= MOST_WAYS
        ? first
        : first + " | and " + (ways.size() - MOST_WAYS) + " other ways";
  }

  /** What was counted since this was last asked. */
  List<Measured> takeMeasured() {
    List<Measured> taken = List.copyOf(measured);
    measured.clear();
    return taken;
  }

  String takeEvidence() {
    String taken = evidence;
    evidence = "";
    return taken;
  }

  boolean takeIsNote() {
    boolean taken = isNote;
    isNote = false;
    return taken;
  }

  void openScope(String name) {
    String fileName = UNFIT_FOR_A_FILE_NAME.matcher(name).replaceAll("-");
    scopes.push(scope(folder.resolve(fileName)));
  }

  /** Throws where a subject that is at work now has died by itself. */
  void failIfASubjectDied() {
    for (Scope scope : scopes) {
      scope.subjects().forEach(subject -> subject.failIfItDiesWithin(MOMENT_OF_DEATH));
    }
  }

  /**
   * Ends the scope's script, then its subjects, the last one first, and takes back what it changed
   * in the network; throws if a subject had died or something cannot be ended.
   */
  void closeScope() {
    Scope scope = scopes.pop();
    List<Subject> subjects = scope.subjects().reversed();
    RuntimeException failure = null;
    for (Subject subject : subjects) {
      failure = attempt(subject::failIfItDied, failure);
    }
    failure = attempt(scope.script()::close, failure);
    for (Subject subject : subjects) {
      failure = attempt(subject::stop, failure);
    }
    for (Map.Entry<Changes, Integer> changed : scope.marks().entrySet()) {
      failure = attempt(() -> changed.getKey().undoTo(changed.getValue()), failure);
    }
    if (failure != null) {
      throw failure;
    }
  }

  /** Where all subjects that are at work stand. */
  String whereSubjectsStand() {
    String all =
        atWork().stream().map(Subject::whereItStands).collect(Collectors.joining("\n")).strip();
    return all.isEmpty() ? "  no subject is at work" : all.indent(2).stripTrailing();
  }

  /** Ends what a method may be waiting for. It is in its scope still, and that ends once more. */
  void endSubjects(Throwable reason) {
    scopes.forEach(scope -> scope.script().close());
    for (Subject subject : atWork().reversed()) {
      try {
        subject.stop();
      } catch (RuntimeException failure) {
        reason.addSuppressed(failure);
      }
    }
  }

  private List<Subject> atWork() {
    return scopes.stream().flatMap(scope -> scope.subjects().stream()).toList();
  }

  private static @Nullable RuntimeException attempt(
      Runnable step, @Nullable RuntimeException earlier) {
    try {
      step.run();
    } catch (RuntimeException failure) {
      if (earlier == null) {
        return failure;
      }
      earlier.addSuppressed(failure);
    }
    return earlier;
  }

  private void own(Subject subject) {
    scope().subjects().add(subject);
    subjects.computeIfAbsent(subject.name(), _ -> new TreeSet<>()).add(subject.startedAs());
  }

  /** A tracer ends with the trial as a subject does, but is none. */
  private void ownTracer(Subject tracer) {
    scope().subjects().add(tracer);
  }

  private Scope scope() {
    Scope scope = scopes.peek();
    if (scope == null) {
      throw new IllegalStateException("the experiment is over");
    }
    return scope;
  }
}
