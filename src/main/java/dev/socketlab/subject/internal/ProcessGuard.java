package dev.socketlab.subject.internal;

import dev.socketlab.internal.os.HostThread;
import dev.socketlab.subject.SubjectException;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Makes sure that no subject outlives the test's JVM, not even one that is killed with SIGKILL. A
 * small shell holds the reading end of a pipe; when the JVM ends, however it ends, the shell reads
 * the end of the file and kills the process trees that were not released, and all that went to the
 * background from one, see {@link ProcessMark}. The kernel's own means ({@code PR_SET_PDEATHSIG})
 * fires when the <em>thread</em> that forked ends, and reaches the child alone, so it cannot do
 * this.
 *
 * {@snippet :
 * ProcessGuard.start(); // a test that counts its child processes starts the shell first
 * }
 */
public final class ProcessGuard {

  /**
   * Each process is stopped before its children are listed, so that it cannot fork meanwhile. A
   * process is known by its pid and when it was started (field 22 of its stat): the kernel gives a
   * pid that is free to another. A process that is killed leaves its control group a moment later,
   * and one that has used its quota, in the period after.
   */
  private static final String SCRIPT =
      """
      trap '' INT TERM HUP
      children() {
        if [ -e /proc/self/stat ]; then cat /proc/"$1"/task/*/children 2>/dev/null
        else ps -A -o ppid=,pid= | while read -r parent pid; do
          [ "$parent" = "$1" ] && echo "$pid"; done
        fi
      }
      born() {
        if [ -e /proc/self/stat ]; then
          line=$(cat /proc/"$1"/stat 2>/dev/null) || return 0
          set -- ${line##*) }
          echo "${20}"
        else ps -o lstart= -p "$1" | tr -d ' '
        fi
      }
      fell() {
        kill -STOP "$1" 2>/dev/null || return 0
        for child in $(children "$1"); do fell "$child"; done
        kill -KILL "$1" 2>/dev/null
      }
      marked() {
        grep -l "^Max resident set  *$run[0-9]\\{8\\} " /proc/[0-9]*/limits 2>/dev/null |
          tr -dc '0-9\\n'
      }
      guarded=' '
      run=
      group=
      while read -r verb pid; do
        case $verb in
          run) run=$pid ;;
          group) group=$pid ;;
          guard) guarded="$guarded$pid=$(born "$pid") " ;;
          release) case $guarded in
            *" $pid="*) rest=${guarded#* "$pid"=}; guarded="${guarded%% "$pid"=*} ${rest#* }" ;;
          esac ;;
        esac
      done
      for entry in $guarded; do
        pid=${entry%%=*}
        [ "$(born "$pid")" = "${entry#*=}" ] && fell "$pid"
      done
      felled=' '
      rounds=0
      while [ -n "$run" ] && [ $((rounds += 1)) -le 100 ]; do
        before=$felled
        for pid in $(marked); do
          case $felled in
            *" $pid "*) ;;
            *) felled="$felled$pid "; fell "$pid" ;;
          esac
        done
        [ "$felled" != "$before" ] || break
      done
      rounds=0
      until [ -z "$group" ] || [ ! -d "$group" ] || rmdir "$group" 2>/dev/null ||
          [ $((rounds += 1)) -gt 100 ]; do
        sleep 0.1
      done
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
      pipe = shell().outputWriter();
      say("run " + ProcessMark.RUN);
      HostThread.start();
    } catch (IOException failure) {
      throw new SubjectException("cannot start the guard of processes, /bin/sh", failure);
    }
  }

  static Process shell() throws IOException {
    return ProcessMark.start(
        new ProcessBuilder("/bin/sh", "-c", SCRIPT, "socketlab-process-guard")
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.DISCARD),
        ProcessMark.NONE);
  }

  public static void guard(long pid) {
    say("guard " + pid);
  }

  public static void release(long pid) {
    say("release " + pid);
  }

  /**
   * Has a control group removed, when its processes are gone, should this JVM not do it.
   *
   * @param folder the group; there is one at a time
   */
  static void removeGroup(Path folder) {
    say("group " + folder);
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
