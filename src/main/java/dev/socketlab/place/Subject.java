package dev.socketlab.place;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * A process or container under observation: running and ready from the moment that its {@link
 * SubjectPlan} returns it. Its standard output and error go to a file. The laboratory that started
 * it ends it; closing it earlier does no harm. Safe for use by one thread at a time.
 *
 * <pre>{@code
 * Subject server = lab.command("redis-server", "--port", "{port}").start();
 * try (Socket socket = new Socket(server.address().getAddress(), server.port())) { ... }
 * ProcessUsage used = ProcessUsage.read(server.pid());
 * }</pre>
 */
public final class Subject implements AutoCloseable {

  private static final Duration POLL = Duration.ofMillis(5);

  private final String name;
  private final String startedAs;
  private final Body body;
  private final SubjectOutput output;
  private final Duration grace;
  private final Readiness readiness;
  private int port;
  private @Nullable MatchResult ready;
  private boolean endExpected;

  Subject(
      String name,
      String startedAs,
      Body body,
      SubjectOutput output,
      Duration grace,
      Readiness readiness) {
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
   * @return the JVM's flags or the program's name, without any path
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
   * The address at which it can be reached from here.
   *
   * @return of a process {@link #port()} and 127.0.0.1, or the address of the host that it was
   *     started {@link SubjectBuilder#on on}; of a container its own address and port, or, where
   *     its engine is on another machine, the engine's host and the published port
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
      port = match.groupCount() > 0 ? Integer.parseInt(match.group(1)) : port;
    } else if (port != 0) {
      awaitWhileAlive(
          "to listen on port " + port, readiness.within(), () -> body.isListening(port));
    }
    return this;
  }

  /** Waits for the child that a parent command runs as the subject. */
  void awaitChild() {
    awaitWhileAlive("to run its child", readiness.within(), body::findChild);
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
   * @param atMost how long to wait
   * @return the match in the first such line
   * @throws SubjectException if it ends or the time passes without one
   */
  public MatchResult awaitOutput(Pattern pattern, Duration atMost) {
    awaitWhileAlive("to print \"" + pattern + "\"", atMost, () -> output.find(pattern).isPresent());
    return output.find(pattern).orElseThrow();
  }

  /**
   * Waits until it ends by itself, successfully.
   *
   * @param atMost how long to wait
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
   * @param atMost how long to wait
   * @return its exit code; 128 plus the signal's number where a signal ended it
   * @throws SubjectException if it is still running then
   */
  public int awaitExit(Duration atMost) {
    endExpected = true;
    try {
      if (!body.waitFor(atMost)) {
        throw new SubjectException(describe("did not end within " + atMost.toMillis() + " ms"));
      }
    } catch (InterruptedException interruption) {
      Thread.currentThread().interrupt();
      throw new SubjectException(describe("was waited for, and the wait was interrupted"));
    }
    return body.exitCode();
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
          describe(
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

  private void awaitWhileAlive(String what, Duration atMost, Callable<Boolean> condition) {
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
            describe("was awaited " + what + " and ended with exit code " + exitCode()));
      }
    } catch (ConditionTimeoutException timeout) {
      throw new SubjectException(
          describe("was awaited " + what + " for " + atMost.toMillis() + " ms, in vain"), timeout);
    } catch (SubjectException failure) {
      throw failure;
    } catch (Exception failure) {
      throw new SubjectException(describe("was awaited " + what + ", in vain"), failure);
    }
  }

  /** A parent ends a moment after its child. */
  private String exitCode() {
    return waitUninterrupted(grace) ? Integer.toString(body.exitCode()) : "unknown";
  }

  static InetAddress loopback() {
    return InetAddress.ofLiteral("127.0.0.1");
  }

  private boolean waitUninterrupted(Duration atMost) {
    return Body.waitUninterrupted(body, atMost);
  }
}
