package dev.socketlab.trace.internal;

import dev.socketlab.subject.Subject;
import dev.socketlab.subject.SubjectBuilder;
import dev.socketlab.trace.SyscallCounts;
import dev.socketlab.trace.TraceException;
import dev.socketlab.trace.Tracer;
import java.nio.file.Path;
import java.util.function.Consumer;

/**
 * {@code strace -f -C -y -p}: follows existing and new threads; on SIGTERM it lets the process go,
 * writes its summary, and ends by that signal.
 */
final class AttachedStrace implements AttachedTool {

  private static final int ENDED_BY_SIGTERM = 143;

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
