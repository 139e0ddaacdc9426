package dev.socketlab.trace.internal;

import dev.socketlab.probe.ProbeException;
import dev.socketlab.probe.ThreadRoles;
import dev.socketlab.probe.internal.Line;
import dev.socketlab.trace.SyscallCounts;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * System calls per thread of one process, counted by bpftrace with the program of {@link
 * #program(long)}.
 *
 * <p>Printed are {@code Attaching n probes...} (since 2025 {@code Attached n probes}), the line
 * {@link #READY} once the probes are attached (run it with {@code -B none} to see that at once),
 * and at the end per thread and call {@code @calls[name, tid, number]: count}. A thread's name may
 * hold anything, brackets and commas too, so a line is read from its right end.
 *
 * {@snippet :
 * String program = BpftraceCounts.program(server.pid()); // for bpftrace -e
 * SyscallCounts counts = BpftraceCounts.parse("bpftrace", lines, "x86_64").total();
 * }
 *
 * @param threads one entry per thread and system call, in the order printed
 */
public record BpftraceCounts(List<ThreadCalls> threads) {
  /** The line that tells that the probes are attached. */
  public static final String READY = "socketlab: attached";

  private static final String TOOL = "bpftrace";
  private static final Pattern ATTACHING =
      Pattern.compile("Attach(ing \\d+ probes?\\.\\.\\.|ed \\d+ probes?)");
  private static final Pattern CALLS =
      Pattern.compile("@calls\\[(?<name>.*), (?<tid>\\d+), (?<number>\\d+)]: (?<count>\\d+)");

  /**
   * How often one thread made one system call.
   *
   * @param tid thread id
   * @param threadName the thread's name, at most 15 bytes
   * @param syscall the kernel's name
   * @param calls number of calls, at least 1
   */
  public record ThreadCalls(long tid, String threadName, String syscall, long calls) {}

  @SuppressWarnings("doclint:missing")
  public BpftraceCounts {
    threads = List.copyOf(threads);
  }

  /**
   * Write the program that counts, to be given to {@code bpftrace -B none -e} and ended with SIGINT
   * or at the end of the process.
   *
   * @param pid process whose threads are counted, in the host's pid namespace
   * @return the program text
   */
  public static String program(long pid) {
    return """
    BEGIN { printf("%s\\n"); }
    tracepoint:raw_syscalls:sys_enter /pid == %s/ { @calls[comm, tid, args->id] = count(); }
    """
        .formatted(READY, pid);
  }

  /**
   * Parse what the program printed.
   *
   * @param source where the lines are from, for messages
   * @param lines standard output
   * @param architecture the kernel's: {@code amd64} or {@code aarch64}, as the system property
   *     {@code os.arch} has it; the numbers of the calls depend on it
   * @return the counts
   * @throws ProbeException if the probes were never attached, nothing was counted, or a line is of
   *     another form (such as a report of lost events)
   */
  public static BpftraceCounts parse(String source, List<String> lines, String architecture) {
    SyscallNames names = SyscallNames.of(architecture);
    List<ThreadCalls> threads = new ArrayList<>();
    boolean ready = false;
    for (Line line : Line.of(source, lines)) {
      String text = line.text();
      if (text.equals(READY)) {
        ready = true;
      } else if (!text.isBlank() && !ATTACHING.matcher(text).matches()) {
        threads.add(entry(line, names));
      }
    }
    if (!ready || threads.isEmpty()) {
      throw ProbeException.incomplete(
          source, "the line \"%s\" and at least one @calls[name, tid, number]".formatted(READY));
    }
    return new BpftraceCounts(threads);
  }

  private static ThreadCalls entry(Line line, SyscallNames names) {
    Matcher calls = CALLS.matcher(line.text());
    if (!calls.matches()) {
      throw line.malformed("@calls[name, tid, number]: count");
    }
    return new ThreadCalls(
        line.unsigned(calls.group("tid"), "tid"),
        calls.group("name"),
        names.of(line, line.unsigned(calls.group("number"), "number")),
        line.unsigned(calls.group("count"), "count"));
  }

  /**
   * Add up all threads.
   *
   * @return calls by name, exhaustive
   */
  public SyscallCounts total() {
    return sum(_ -> true);
  }

  /**
   * Add up the threads of a role.
   *
   * @param role the role
   * @param roles how a name tells the role
   * @return calls by name, exhaustive
   */
  public SyscallCounts of(ThreadRoles.Role role, ThreadRoles roles) {
    return sum(entry -> roles.of(entry.threadName()) == role);
  }

  private SyscallCounts sum(Predicate<ThreadCalls> included) {
    Map<String, Long> calls = new TreeMap<>();
    threads.stream()
        .filter(included)
        .forEach(entry -> calls.merge(entry.syscall(), entry.calls(), Math::addExact));
    Map<String, SyscallCounts.Count> counts = new TreeMap<>();
    calls.forEach((name, count) -> counts.put(name, SyscallCounts.Count.ofCalls(count)));
    return new SyscallCounts(TOOL, counts, true);
  }
}
