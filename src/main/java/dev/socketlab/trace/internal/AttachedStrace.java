package dev.socketlab.trace.internal;

import dev.socketlab.internal.os.TimeOut;
import dev.socketlab.probe.ThreadUsage;
import dev.socketlab.subject.Subject;
import dev.socketlab.subject.SubjectBuilder;
import dev.socketlab.trace.SyscallCounts;
import dev.socketlab.trace.TraceException;
import dev.socketlab.trace.Tracer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/**
 * {@code strace -f -C -y -p}: follows existing and new threads; on SIGTERM it lets the process go,
 * writes its summary, and ends by that signal.
 */
final class AttachedStrace implements AttachedTool {

  private static final int ENDED_BY_SIGTERM = 143;
  private static final Duration STOPS_WITHIN = Duration.ofSeconds(5);
  private static final long POLL_NS = 1_000_000;

  @Override
  public Tracer tracer() {
    return Tracer.STRACE_ATTACHED;
  }

  @Override
  public SubjectBuilder attach(Path folder, Consumer<Subject> owner, long pid, TraceFile file) {
    return tool(
            folder,
            owner,
            tracer().program(),
            "-f",
            "-C",
            "-y",
            "-e",
            "verbose=none",
            "-s",
            "0",
            "-o",
            file.path().toString(),
            "-p",
            Long.toString(pid))
        .readyWhen("Process " + pid + " attached");
  }

  /**
   * strace says that it has attached when it has asked each thread to stop. One that waits in a
   * call stops a moment later, and what that call returned with by then is not counted: on a busy
   * machine the accept of the first connection was missing. So each thread must have been switched
   * away from since, to its stop. One that cannot stop (uninterruptible) serves nothing meanwhile,
   * and is not waited for for ever.
   */
  @Override
  public Runnable untilItCounts(long pid) {
    ThreadUsage before = ThreadUsage.read(pid);
    return () -> {
      long startNs = System.nanoTime();
      long atMostNs = TimeOut.scaled(STOPS_WITHIN).toNanos();
      while (!haveAllSwitched(pid, before) && System.nanoTime() - startNs < atMostNs) {
        LockSupport.parkNanos(POLL_NS);
      }
    };
  }

  private static boolean haveAllSwitched(long pid, ThreadUsage before) {
    return ThreadUsage.read(pid).since(before).survived().stream()
        .allMatch(thread -> thread.voluntarySwitches() + thread.involuntarySwitches() > 0);
  }

  @Override
  public void detach(Subject tool) {
    int code = tool.stop();
    if (code != ENDED_BY_SIGTERM) {
      throw new TraceException(tool.describe("was to end by SIGTERM, exit code " + code));
    }
  }

  @Override
  public SyscallCounts counts(Subject tool, TraceFile file) {
    return file.parse(tool, StraceSummary::parse);
  }
}
