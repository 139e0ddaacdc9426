package dev.socketlab.place;

import java.io.IOException;
import java.io.Writer;
import org.jspecify.annotations.Nullable;

/**
 * Makes sure that no subject outlives the test's JVM, not even one that is killed with SIGKILL. A
 * small shell holds the reading end of a pipe; when the JVM ends, however it ends, the shell reads
 * the end of the file and kills the process trees that were not released. The kernel's own means
 * ({@code PR_SET_PDEATHSIG}) fires when the <em>thread</em> that forked ends, and reaches the child
 * alone, so it cannot do this.
 *
 * <pre>{@code
 * ProcessGuard.start(); // a test that counts its child processes starts the shell first
 * }</pre>
 */
public final class ProcessGuard {

  /** Each process is stopped before its children are listed, so that it cannot fork meanwhile. */
  private static final String SCRIPT =
      """
      trap '' INT TERM HUP
      children() {
        if [ -e /proc/self/stat ]; then cat /proc/"$1"/task/*/children 2>/dev/null
        else ps -A -o ppid=,pid= | while read -r parent pid; do
          [ "$parent" = "$1" ] && echo "$pid"; done
        fi
      }
      fell() {
        kill -STOP "$1" 2>/dev/null || return 0
        for child in $(children "$1"); do fell "$child"; done
        kill -KILL "$1" 2>/dev/null
      }
      guarded=' '
      while read -r verb pid; do
        case $verb in
          guard) guarded="$guarded$pid " ;;
          release) case $guarded in
            *" $pid "*) guarded="${guarded%% "$pid" *} ${guarded#* "$pid" }" ;;
          esac ;;
        esac
      done
      for pid in $guarded; do fell "$pid"; done
      """;

  private static @Nullable Writer pipe;

  private ProcessGuard() {}

  /**
   * Starts the guard, once for the JVM. Call it before a thread moves to a private network: the
   * guard, forked later from there, would keep that network alive.
   */
  public static synchronized void start() {
    if (pipe != null) {
      return;
    }
    try {
      pipe =
          new ProcessBuilder("/bin/sh", "-c", SCRIPT, "socketlab-process-guard")
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start()
              .outputWriter();
    } catch (IOException failure) {
      throw new SubjectException("cannot start the guard of processes, /bin/sh", failure);
    }
  }

  static void guard(long pid) {
    say("guard " + pid);
  }

  static void release(long pid) {
    say("release " + pid);
  }

  private static synchronized void say(String line) {
    start();
    Writer guard = pipe;
    try {
      if (guard != null) {
        guard.write(line + "\n");
        guard.flush();
      }
    } catch (IOException failure) {
      throw new SubjectException(
          "the guard of processes has ended; somebody killed it, and subjects may survive",
          failure);
    }
  }
}
