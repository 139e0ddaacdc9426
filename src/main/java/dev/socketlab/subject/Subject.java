package dev.socketlab.subject;

import dev.socketlab.internal.os.TimeOut;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * A process or container under observation: running and ready from the moment that its {@link
 * SubjectPlan} returns it. Its standard output and error go to a file. The lab that started it ends
 * it; closing it earlier does no harm. Safe for use by one thread at a time.
 *
 * {@snippet :
 * Subject server = lab.command("redis-server", "--port", "{port}").start();
 * try (Socket socket = new Socket(server.address().getAddress(), server.port())) { ... }
 * ProcessUsage used = ProcessUsage.read(server.pid());
 * }
 */
@API(status = Status.MAINTAINED, since = "0.1")
public final class Subject implements AutoCloseable {

  private static final Duration POLL = Duration.ofMillis(5);
  private static final int HIGHEST_PORT = 65_535;

  private final String name;
  private final String startedAs;
  private final Body body;
  private final SubjectOutput output;
  private final Duration grace;
  private final Readiness readiness;
  private final Injection injection;
  private final @Nullable Supplier<Subject> successor;
  private final Pause pause = new Pause();
  private int port;
  private @Nullable MatchResult ready;
  private boolean endExpected;

  Subject(
      String name,
      String startedAs,
      Body body,
      SubjectOutput output,
      Duration grace,
      Readiness readiness,
      Injection injection,
      @Nullable Supplier<Subject> successor) {
    this.injection = injection;
    this.successor = successor;
    this.name = name;
    this.startedAs = startedAs;
    this.body = body;
    this.output = output;
    this.grace = grace;
    this.readiness = readiness;
    this.port = readiness.port();
  }

  /**
   * The name given to it, or the program's.
   *
   * @return the name, as in its log file and in messages
   */
  public String name() {
    return name;
  }

  /**
   * How it was started, for the provenance of an artifact.
   *
   * @return the JVM's flags, or the program and its arguments, without the folders of any path
   */
  public String startedAs() {
    return startedAs;
  }

  /**
   * The process id.
   *
   * @return the id as the test's own process sees it; of a subject that was started {@link
   *     SubjectPlan#childOf as a child}, the child's
   * @throws SubjectException if it runs on another machine, where its id means nothing here
   */
  public long pid() {
    return body.pid();
  }

  /**
   * The port it listens on.
   *
   * @return the port that stood for <code>{port}</code>, or the one it announced
   * @throws IllegalStateException if it has neither
   */
  public int port() {
    if (port == 0) {
      throw new IllegalStateException(
          "subject "
              + name
              + " has no port: use {port} in its command, or a ready pattern whose"
              + " first group is the port");
    }
    return port;
  }

  /**
   * Another port that it was told to use.
   *
   * @param name as in <code>{port:NAME}</code>
   * @return the port that stood for it
   * @throws IllegalArgumentException if that was in none of its arguments, flags, environment
   *     variables and files
   */
  public int port(String name) {
    Integer named = readiness.ports().get(name);
    if (named == null || name.equals(Placeholders.MAIN_PORT)) {
      throw new IllegalArgumentException(
          "subject %s has no port \"%s\": use {port:%s} in an argument, a file or the environment"
              .formatted(this.name, name, name));
    }
    return named;
  }

  /**
   * The ports that it was told to use.
   *
   * @return those of its placeholders, and {@link #port} where it was found by its output
   */
  public Set<Integer> ports() {
    Set<Integer> ports = new TreeSet<>(readiness.ports().values());
    ports.add(port());
    return ports;
  }

  /**
   * The address at which it can be reached from here.
   *
   * @return of a process {@link #port()} and the address that it listens on, 127.0.0.1 where it
   *     listens on all or does not yet, or the address of the host that it was started {@link
   *     SubjectBuilder#on on}; of a container its own address and port, or, where its engine is on
   *     another machine, the engine's host and the published port
   */
  public InetSocketAddress address() {
    return body.address(port());
  }

  /**
   * What its ready line said.
   *
   * @return the match of the ready pattern
   * @throws IllegalStateException if it was not started with a ready pattern
   */
  public MatchResult readyLine() {
    if (ready == null) {
      throw new IllegalStateException("subject " + name + " was started without a ready pattern");
    }
    return ready;
  }

  /**
   * The file that holds its standard output and error.
   *
   * @return the path below the output folder of the test
   */
  public Path outputFile() {
    return output.file();
  }

  /**
   * The complete lines that it has written so far.
   *
   * @return standard output and error, in the order written
   */
  public List<String> outputLines() {
    return output.lines();
  }

  /**
   * Waits until it is ready as its builder said. A builder's {@code start} has done that already.
   *
   * @return this
   * @throws SubjectException if it ends early or is not ready in time
   */
  public Subject awaitReady() {
    Pattern line = readiness.line();
    if (line != null) {
      MatchResult match = awaitOutput(line, readiness.within());
      ready = match;
      port = match.groupCount() > 0 ? announcedPort(line, match) : port;
    } else if (port != 0) {
      awaitWhileAlive(
          "to listen on port " + port,
          readiness.within(),
          () -> body.isListening(port),
          () -> body.listening(port));
    }
    return this;
  }

  private int announcedPort(Pattern line, MatchResult match) {
    String group = match.group(1);
    if (group == null || !group.matches("\\d{1,5}") || Integer.parseInt(group) > HIGHEST_PORT) {
      throw new SubjectException(
          describe(
              "was awaited to announce its port in the first group of readyWhen(\""
                  + line
                  + "\"), and that group is \""
                  + group
                  + "\" of the line \""
                  + match.group()
                  + "\"; make a group that is no port (?:…)"));
    }
    return Integer.parseInt(group);
  }

  /** Waits for the child that a parent command runs as the subject. */
  void awaitChild() {
    awaitWhileAlive("to run its child", readiness.within(), body::findChild, () -> "");
  }

  /**
   * Whether the process is running.
   *
   * @return false once it has ended
   */
  public boolean isAlive() {
    return body.isAlive();
  }

  /**
   * Sends one line to its standard input.
   *
   * @param line the text without its end of line
   * @throws SubjectException if it does not read any more
   */
  public void send(String line) {
    try {
      body.input().write(line + "\n");
      body.input().flush();
    } catch (IOException failure) {
      throw new SubjectException(describe("takes no input: " + failure.getMessage()), failure);
    }
  }

  /** Closes its standard input, which many programs take as the request to end. */
  public void endInput() {
    try {
      body.input().close();
    } catch (IOException _) {
      // A subject that has ended does not read its input any more.
    }
  }

  /**
   * Waits for a line of output.
   *
   * @param pattern what the line contains
   * @param atMost how long to wait on a usual machine; a slow one is given more
   * @return the match in the first such line
   * @throws SubjectException if it ends or the time passes without one
   */
  public MatchResult awaitOutput(Pattern pattern, Duration atMost) {
    SubjectOutput.Search search = output.search(pattern);
    awaitWhileAlive(
        "to print \"" + pattern + "\"", atMost, () -> search.find().isPresent(), () -> "");
    return search.find().orElseThrow();
  }

  /**
   * Waits until it ends by itself, successfully.
   *
   * @param atMost how long to wait on a usual machine; a slow one is given more
   * @throws SubjectException if it is still running then, or ended with another code than 0
   */
  public void awaitSuccess(Duration atMost) {
    int code = awaitExit(atMost);
    if (code != 0) {
      throw new SubjectException(describe("ended with exit code " + code));
    }
  }

  /**
   * Waits until it ends by itself.
   *
   * @param atMost how long to wait on a usual machine; a slow one is given more
   * @return its exit code; 128 plus the signal's number where a signal ended it
   * @throws SubjectException if it is still running then
   */
  public int awaitExit(Duration atMost) {
    endExpected = true;
    try {
      Duration scaled = TimeOut.scaled(atMost);
      if (!body.waitFor(scaled)) {
        throw new SubjectException(describe("did not end within " + scaled.toMillis() + " ms"));
      }
    } catch (InterruptedException interruption) {
      Thread.currentThread().interrupt();
      throw new SubjectException(describe("was waited for, and the wait was interrupted"));
    }
    return body.exitCode();
  }

  /**
   * Stops its threads (SIGSTOP), and those of the processes that it has started, and returns when
   * the kernel says that each of them is stopped (state T in {@code /proc/<pid>/task/*\/stat}).
   * What arrives meanwhile is queued by the kernel: a test can fill an accept queue or a receive
   * buffer to a number. A tracer shows its threads as stopped at each of their system calls, too;
   * under one they are looked at for longer, which is no proof. Of a container the processes are
   * stopped likewise, not its control group. Does nothing where it is paused; {@link #stop} resumes
   * it first, and its guard ends it all the same. Linux only.
   *
   * @throws SubjectException if a thread is not stopped within 10 seconds, in which case all go on;
   *     if it has ended; if a signal is refused; or if it runs on another machine
   */
  public void pause() {
    requireAlive("paused");
    pause.begin(body::processes, this::describe);
  }

  /** Lets it go on after {@link #pause}; does nothing where it is not paused. */
  public void resume() {
    pause.end();
  }

  /**
   * Sends a signal to its process {@link #pid}, for instance to have it read its configuration
   * anew. How it takes that is its own affair: wait for what it does then, with {@link
   * #awaitOutput}, or, where the signal ends it, with {@link #awaitExit}. A signal that this JVM
   * was started to ignore, such as HUP below nohup, its subjects ignore too until they say
   * otherwise, which a shell cannot (POSIX, trap). Linux only.
   *
   * @param signal {@code HUP}, {@code INT}, {@code QUIT}, {@code USR1}, {@code USR2}, {@code TERM},
   *     {@code KILL}, {@code WINCH}
   * @throws IllegalArgumentException if it is none of these
   * @throws SubjectException if it has ended, the signal is refused, or it runs on another machine
   */
  public void signal(String signal) {
    int number = Signals.number(signal);
    requireAlive("sent SIG" + signal);
    String refusal = Signals.send(pid(), number);
    if (!refusal.isEmpty()) {
      throw new SubjectException(describe("was not sent SIG" + signal + ": " + refusal));
    }
  }

  /** The id of one that has ended may be another process's by now. */
  private void requireAlive(String verb) {
    if (!isAlive()) {
      throw new SubjectException(describe("has ended and cannot be " + verb));
    }
  }

  /**
   * Limits how many descriptors it may have open, while it runs: the soft limit RLIMIT_NOFILE of it
   * and of the processes that it has started. Those that are open stay open; what would open one
   * with a number from the limit on fails with EMFILE. Linux only.
   *
   * {@snippet :
   * try (Subject.DescriptorLimit few = server.limitDescriptors(20)) {
   *   openConnections(40);
   * }
   * }
   *
   * @param descriptors one more than the highest number that is given out, from 0 on
   * @return what gives the former limits back; the subject's end does, too
   * @throws IllegalArgumentException if the number is negative or above its hard limit
   * @throws SubjectException if it has ended, it is refused, or it runs on another machine
   */
  public DescriptorLimit limitDescriptors(long descriptors) {
    requireAlive("limited");
    return ProcessLimit.set(body.processes(), descriptors, this::describe);
  }

  /**
   * Tells how often its system calls were given the faults of {@link SubjectBuilder#injecting} so
   * far, as strace says in its own output, or, once it has ended, in its whole life.
   *
   * @return how often by the name of the call, with 0 for one that has a fault and was not given it
   * @throws IllegalStateException if it was started without faults
   */
  public Map<String, Long> injected() {
    if (injection.faults().isEmpty()) {
      throw new IllegalStateException(
          "subject " + name + " was started without faults: use injecting(…) before start()");
    }
    return injection.counted();
  }

  /**
   * Stops it and starts another subject by the same plan on the same ports, which then belongs to
   * whoever this one belonged to.
   *
   * @return the new subject, ready; this one has ended
   * @throws IllegalStateException if it has no <code>{port}</code>, or is a container, whose
   *     address is new with each start
   * @throws SubjectException as starting one does, for instance because the port is still taken
   */
  public Subject restart() {
    Supplier<Subject> next = successor;
    if (next == null || readiness.ports().isEmpty()) {
      throw new IllegalStateException(
          "subject "
              + name
              + " has no port to be started on again: "
              + (next == null ? "it is a container" : "use {port} in its command"));
    }
    stop();
    return next.get();
  }

  /**
   * Ends it: asks first (end of input, SIGTERM), and after the grace period kills the whole process
   * tree. A parent command is not asked; it ends after its child, by itself. Does nothing where it
   * has ended.
   *
   * @return the exit code
   */
  public int stop() {
    endExpected = true;
    resume(); // one that is stopped does not notice that it is asked
    body.stop(grace, this::endInput, this::describe);
    return body.exitCode();
  }

  /** Ends it as {@link #stop()} does. */
  @Override
  public void close() {
    stop();
  }

  /**
   * Checks that it did not end by itself while nobody waited for its end.
   *
   * @throws SubjectException with the end of its output if it did
   */
  public void failIfItDied() {
    if (!endExpected && !isAlive()) {
      endExpected = true; // it is told once
      String code = exitCode();
      throw new SubjectException(
          describeEnd(
              body.lostItsParent()
                  ? "lost its parent command during the measurement, exit code " + code
                  : "died during the measurement with exit code " + code));
    }
  }

  /**
   * Checks the same, but gives it a moment: the sockets of a process that dies are gone before the
   * process is, so what a test noticed first may be their absence.
   *
   * @param moment how long to wait for its end
   * @throws SubjectException with the end of its output if it died
   */
  public void failIfItDiesWithin(Duration moment) {
    if (!endExpected) {
      waitUninterrupted(moment);
      failIfItDied();
    }
  }

  /**
   * Says something about it, followed by the end of its output.
   *
   * @param fact what happened, for instance {@code ended with exit code 1}
   * @return a message of several lines
   */
  public String describe(String fact) {
    return "subject " + name + " (" + body.label() + ") " + fact + "; " + output.tail();
  }

  /**
   * Tells where it stands: its sockets with what waits in them, its threads with what they wait
   * for, and the end of its output. For a person who wonders why it does not go on.
   *
   * @return several lines
   */
  public String whereItStands() {
    if (!isAlive()) {
      return describe("has ended with exit code " + exitCode());
    }
    List<String> state;
    try {
      state = SubjectState.of(body.pid());
    } catch (SubjectException elsewhere) {
      state = List.of(String.valueOf(elsewhere.getMessage()));
    }
    return "subject %s (%s)%n    %s%n    %s"
        .formatted(name, body.label(), String.join("\n    ", state), output.tail());
  }

  private String describeEnd(String fact) {
    return describe(fact + afterSemicolon(body.leftBehind()));
  }

  private void awaitWhileAlive(
      String what, Duration usually, Callable<Boolean> condition, Supplier<String> instead) {
    Duration atMost = TimeOut.scaled(usually);
    try {
      Awaitility.await()
          .pollInSameThread()
          .pollDelay(Duration.ZERO)
          .pollInterval(POLL)
          .atMost(atMost)
          .until(() -> condition.call() || !isAlive());
      if (!condition.call()) {
        endExpected = true;
        throw new SubjectException(
            describeEnd("was awaited " + what + " and ended with exit code " + exitCode()));
      }
    } catch (ConditionTimeoutException timeout) {
      throw new SubjectException(
          describe(
              "was awaited %s for %d ms, in vain%s"
                  .formatted(what, atMost.toMillis(), afterSemicolon(instead.get()))),
          timeout);
    } catch (SubjectException failure) {
      throw failure;
    } catch (Exception failure) {
      throw new SubjectException(describe("was awaited " + what + ", in vain"), failure);
    }
  }

  /** It is told a moment after the end, and a parent ends a moment after its child. */
  private String exitCode() {
    return waitUninterrupted(grace) ? Integer.toString(body.exitCode()) : "unknown";
  }

  private static String afterSemicolon(String clause) {
    return clause.isEmpty() ? "" : "; " + clause;
  }

  private boolean waitUninterrupted(Duration atMost) {
    return Body.waitUninterrupted(body, atMost);
  }

  /**
   * A limit of descriptors that a running subject has for a while, see {@link #limitDescriptors}.
   */
  public sealed interface DescriptorLimit extends AutoCloseable permits ProcessLimit {

    /** Gives the former limits back to those processes that still run. */
    @Override
    void close();
  }
}
