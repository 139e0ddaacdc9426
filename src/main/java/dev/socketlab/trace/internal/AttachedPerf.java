package dev.socketlab.trace.internal;

import dev.socketlab.subject.Subject;
import dev.socketlab.subject.SubjectBuilder;
import dev.socketlab.trace.SyscallCounts;
import dev.socketlab.trace.SyscallFamily;
import dev.socketlab.trace.Tracer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * {@code perf stat -p} on the tracepoints of the calls that serve sockets. It counts until the
 * command ends that it is given to run, which ends with its input.
 */
final class AttachedPerf implements AttachedTool {

  private static final String READY = "socketlab: counting";
  private static final Duration END_WITHIN = Duration.ofSeconds(20);
  private static final Path EVENTS = Path.of("/sys/kernel/tracing/events/syscalls");
  private static final List<String> WATCHED =
      Stream.concat(
              Stream.of(SyscallFamily.values()).flatMap(family -> family.members().stream()),
              Stream.of(
                  "connect",
                  "shutdown",
                  "setsockopt",
                  "getsockopt",
                  "poll",
                  "ppoll",
                  "epoll_wait",
                  "epoll_pwait",
                  "epoll_ctl",
                  "io_uring_enter",
                  "fcntl",
                  "ioctl",
                  "futex"))
          .toList();

  @Override
  public Tracer tracer() {
    return Tracer.PERF_STAT;
  }

  @Override
  public SubjectBuilder attach(Path folder, Consumer<Subject> owner, long pid, TraceFile file) {
    return tool(
            folder,
            owner,
            tracer().program(),
            "stat",
            "-x,",
            "-e",
            watched().map(PerfStat::event).collect(Collectors.joining(",")),
            "-o",
            file.path().toString(),
            "-p",
            Long.toString(pid),
            "sh",
            "-c",
            "echo '" + READY + "'; cat")
        .readyWhen(READY);
  }

  /** Which calls a kernel has depends on its architecture; perf refuses an event it has not. */
  private static Stream<String> watched() {
    return WATCHED.stream()
        .filter(name ->
            !Files.isDirectory(EVENTS) || Files.isDirectory(EVENTS.resolve("sys_enter_" + name)));
  }

  @Override
  public void detach(Subject tool) {
    tool.endInput();
    tool.awaitSuccess(END_WITHIN);
  }

  @Override
  public SyscallCounts counts(Subject tool, TraceFile file) {
    return file.parse(tool, PerfStat::parse);
  }
}
