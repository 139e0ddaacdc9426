package dev.socketlab.subject;

import dev.socketlab.internal.os.TimeOut;
import java.io.Writer;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;

/** What a subject consists of: a process and its descendants, or a container. */
interface Body {

  long pid();

  /**
   * The process ids of the subject and of what it has started, without a parent command.
   *
   * @throws SubjectException if it runs on another machine
   */
  List<Long> processes();

  /** For messages, where {@link #pid()} would not do: it can fail. */
  String label();

  InetSocketAddress address(int port);

  /** Whether it listens on a port, at an address at which it can be reached from here. */
  boolean isListening(int port) throws Exception;

  /** What it listens on, in words, for the message that it does not listen as it should. */
  String listening(int port);

  boolean isAlive();

  /** Whether it is alive itself, but the parent that it was started under is not. */
  boolean lostItsParent();

  /** Looks for the child that is the subject; told so where it was started under a parent. */
  boolean findChild();

  /**
   * What it left running when it ended, in words and what to do; empty where that is nothing. For
   * the message that it has ended.
   */
  String leftBehind();

  /** Its standard input. */
  Writer input();

  boolean waitFor(Duration atMost) throws InterruptedException;

  /** Its exit code, once it has ended. */
  int exitCode();

  /**
   * Asks it to end, and kills what is left after the grace period. Does no harm to one that has
   * ended.
   *
   * @param endInput closes its standard input
   * @param describe says something about it
   * @throws SubjectException if it cannot be ended
   */
  void stop(Duration grace, Runnable endInput, UnaryOperator<String> describe);

  static boolean waitUninterrupted(Body body, Duration atMost) {
    boolean interrupted = Thread.interrupted();
    try {
      return body.waitFor(TimeOut.scaled(atMost));
    } catch (InterruptedException _) {
      interrupted = true;
      return !body.isAlive();
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
