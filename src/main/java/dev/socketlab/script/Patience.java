package dev.socketlab.script;

import dev.socketlab.internal.os.TimeOut;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/**
 * How long a verb may take, and what is said when it takes longer. Channels do not block and are
 * looked at again and again: one that a selector knows would send a FIN before it is closed, which
 * a script must decide for itself.
 */
final class Patience {
  private static final long BETWEEN_LOOKS_NS = 200_000;

  private final Supplier<String> surroundings;
  private volatile Duration usually;

  Patience(Duration usually, Supplier<String> surroundings) {
    this.usually = usually;
    this.surroundings = surroundings;
  }

  /** Something that is tried until it has come to its end. */
  @FunctionalInterface
  interface Step {
    boolean isDone() throws IOException;
  }

  void usually(Duration atMost) {
    this.usually = atMost;
  }

  Duration atMost() {
    return TimeOut.scaled(usually);
  }

  /** Tries until it is done; false where the time has passed. */
  boolean until(Step step) throws IOException {
    long startNs = System.nanoTime();
    long atMostNs = atMost().toNanos();
    while (!step.isDone()) {
      if (System.nanoTime() - startNs > atMostNs) {
        return false;
      }
      pause(BETWEEN_LOOKS_NS);
    }
    return true;
  }

  /** Waits without looking; the script's own slowness, not a bound. */
  void pause(long nanos) {
    long startNs = System.nanoTime();
    for (long left = nanos; left > 0; left = nanos - (System.nanoTime() - startNs)) {
      LockSupport.parkNanos(left);
      if (Thread.currentThread().isInterrupted()) {
        throw new ScriptException("the script was interrupted");
      }
    }
  }

  ScriptException failure(String what) {
    return new ScriptException(what + "; " + surroundings());
  }

  ScriptException failure(String what, Throwable cause) {
    return new ScriptException(what + ": " + cause + "; " + surroundings(), cause);
  }

  ScriptException late(String what) {
    return failure("%s within %d ms".formatted(what, atMost().toMillis()));
  }

  private String surroundings() {
    String stands = surroundings.get().strip();
    return stands.isEmpty() ? "no subject is at work" : "where the subjects stand:\n" + stands;
  }
}
