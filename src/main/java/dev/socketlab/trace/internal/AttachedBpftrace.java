package dev.socketlab.trace.internal;

import dev.socketlab.subject.Subject;
import dev.socketlab.subject.SubjectBuilder;
import dev.socketlab.trace.SyscallCounts;
import dev.socketlab.trace.TraceException;
import dev.socketlab.trace.Tracer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/**
 * {@code bpftrace} on {@code raw_syscalls:sys_enter}. It ends with the command that it is given to
 * run, which ends with its input: SIGTERM does not end bpftrace 0.17.
 *
 * <p>Its map holds an entry for each thread and call. A full map drops further entries without a
 * word, so it is made large, and a count that filled it is no count.
 */
final class AttachedBpftrace implements AttachedTool {

  private static final int MOST_ENTRIES = 65_536;
  private static final Duration END_WITHIN = Duration.ofSeconds(20);

  @Override
  public Tracer tracer() {
    return Tracer.BPFTRACE;
  }

  @Override
  public SubjectBuilder attach(Path folder, Consumer<Subject> owner, long pid, TraceFile file) {
    String entries = Integer.toString(MOST_ENTRIES);
    return tool(
            folder,
            owner,
            tracer().program(),
            "-B",
            "none",
            "-c",
            "/bin/cat", // a bare name must be unique on the search path, and often is not
            "-e",
            BpftraceCounts.program(pid))
        .environment("BPFTRACE_MAP_KEYS_MAX", entries)
        .environment("BPFTRACE_MAX_MAP_KEYS", entries) // its name since 0.20
        .readyWhen(BpftraceCounts.READY);
  }

  @Override
  public void detach(Subject tool) {
    tool.endInput();
    tool.awaitSuccess(END_WITHIN);
  }

  /** What it prints before it counts (such as a limit it could not raise) is of no concern. */
  @Override
  public SyscallCounts counts(Subject tool, TraceFile file) {
    List<String> lines = tool.outputLines();
    int ready = Math.max(0, lines.indexOf(BpftraceCounts.READY));
    file.write(lines.subList(ready, lines.size()));
    return file.parse(tool, AttachedBpftrace::total);
  }

  private static SyscallCounts total(String source, List<String> lines) {
    BpftraceCounts counts =
        BpftraceCounts.parse(source, lines, System.getProperty("os.arch", "unknown"));
    if (counts.threads().size() >= MOST_ENTRIES) {
      throw new TraceException(
          "bpftrace's map is full, so calls may be missing: entries="
              + counts.threads().size()
              + "; drive fewer connections, or use another tracer");
    }
    return counts.total();
  }
}
