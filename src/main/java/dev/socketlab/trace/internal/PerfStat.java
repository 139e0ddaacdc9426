package dev.socketlab.trace.internal;

import dev.socketlab.probe.ProbeException;
import dev.socketlab.probe.internal.Line;
import dev.socketlab.trace.SyscallCounts;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Parse what {@code perf stat -x, -e syscalls:sys_enter_read,… -o FILE} writes: comment lines that
 * start with {@code #}, and per event a line of fields {@code count,unit,event,time running in
 * ns,percentage of it counted,…}.
 *
 * <p>Only exact counts pass. An event that was {@code <not counted>} (the process ended first) or
 * {@code <not supported>}, and one that was counted during part of the time and extrapolated, is an
 * exception.
 *
 * {@snippet :
 * SyscallCounts counts = PerfStat.parse("perf.txt", Files.readAllLines(Path.of("perf.txt")));
 * long reads = counts.calls("read");
 * }
 */
public final class PerfStat {
  private static final String TOOL = "perf stat";
  private static final String EVENT_PREFIX = "syscalls:sys_enter_";
  private static final String COUNTED_ALL_THE_TIME = "100.00";
  private static final int LEAST_FIELDS = 5;

  private PerfStat() {}

  /**
   * Name the tracepoint that counts the entries of a system call.
   *
   * @param syscall the kernel's name, for instance {@code accept4}
   * @return an event for perf's option {@code -e}
   */
  public static String event(String syscall) {
    return EVENT_PREFIX + syscall;
  }

  /**
   * Parse the counts.
   *
   * @param source where the lines are from, for messages
   * @param lines the file that {@code -o} wrote
   * @return the counts of the watched calls, not exhaustive
   * @throws ProbeException if there is no event, an event was not counted all the time, or a line
   *     is not of this form
   */
  public static SyscallCounts parse(String source, List<String> lines) {
    Map<String, SyscallCounts.Count> counts = new TreeMap<>();
    for (Line line : Line.of(source, lines)) {
      if (!line.text().isBlank() && !line.text().startsWith("#")) {
        addEvent(counts, line);
      }
    }
    if (counts.isEmpty()) {
      throw ProbeException.incomplete(source, "at least one event");
    }
    return new SyscallCounts(TOOL, counts, false);
  }

  private static void addEvent(Map<String, SyscallCounts.Count> counts, Line line) {
    String[] fields = line.text().split(",", -1);
    if (fields.length < LEAST_FIELDS || !fields[2].startsWith(EVENT_PREFIX)) {
      throw line.malformed("count,unit," + EVENT_PREFIX + "<name>,time,percentage");
    }
    if (!fields[4].equals(COUNTED_ALL_THE_TIME)) {
      throw line.malformed("an event that was counted 100.00 % of the time");
    }
    SyscallCounts.Count count =
        SyscallCounts.Count.ofCalls(line.unsigned(fields[0], "an exact count"));
    if (counts.put(fields[2].substring(EVENT_PREFIX.length()), count) != null) {
      throw line.malformed("each event once");
    }
  }
}
