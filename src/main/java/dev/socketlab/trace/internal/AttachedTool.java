package dev.socketlab.trace.internal;

import dev.socketlab.internal.os.Command;
import dev.socketlab.subject.Subject;
import dev.socketlab.subject.SubjectBuilder;
import dev.socketlab.trace.SyscallCounts;
import dev.socketlab.trace.Tracer;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;

/** How one tool counts the calls of a running process between two moments. */
public interface AttachedTool {

  static AttachedTool of(Tracer tracer) {
    return switch (tracer) {
      case STRACE_ATTACHED -> new AttachedStrace();
      case BPFTRACE -> new AttachedBpftrace();
      case PERF_STAT -> new AttachedPerf();
      case STRACE -> throw new IllegalArgumentException(tracer + " does not attach, it launches");
    };
  }

  Tracer tracer();

  /** Describes the tool's process: ready as soon as it counts. */
  SubjectBuilder attach(Path folder, Consumer<Subject> owner, long pid, TraceFile file);

  /**
   * To be called before the tool is started.
   *
   * @return what waits, once the tool says that it is ready, until it counts in each thread that
   *     there is now
   */
  default Runnable untilItCounts(long pid) {
    return () -> {};
  }

  /** Ends the count in the way in which the tool writes what it has. */
  void detach(Subject tool);

  /** Reads the counts of a tool that has ended. */
  SyscallCounts counts(Subject tool, TraceFile file);

  /**
   * The tool's command in the form in which subjects are built. Tracers write numbers as the locale
   * has them.
   */
  default SubjectBuilder tool(Path folder, Consumer<Subject> owner, String... command) {
    return SubjectBuilder.command(folder, owner, List.of(command))
        .named(tracer().label())
        .environment(Command.LOCALE_VARIABLE, Command.LOCALE);
  }
}
