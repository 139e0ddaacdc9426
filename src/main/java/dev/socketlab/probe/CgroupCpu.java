package dev.socketlab.probe;

import dev.socketlab.probe.internal.Counter;
import dev.socketlab.probe.internal.Line;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;

/**
 * Snapshot of what a process's control group has used of the CPU, and how often it was stopped for
 * having used its quota: {@code cpu.stat} (version 2), or {@code cpu.stat} and {@code
 * cpuacct.usage} (version 1). The counters are the group's: of all its processes, those that have
 * ended included, and exact, not sampled.
 *
 * {@snippet :
 * CgroupCpu before = CgroupCpu.ofProcess(server.pid());
 * drive(server);
 * long stopped = CgroupCpu.ofProcess(server.pid()).since(before).throttledPeriods();
 * }
 *
 * @param source the file of the throttling counters
 * @param usedNs CPU time in nanoseconds (of microsecond resolution in version 2)
 * @param periods periods in which the group was runnable and had a quota
 * @param throttledPeriods periods in which it used up its quota and was stopped
 * @param throttledNs time that it was stopped, summed over the processors, in nanoseconds
 */
@API(status = Status.EXPERIMENTAL, since = "0.1")
public record CgroupCpu(
    String source, long usedNs, long periods, long throttledPeriods, long throttledNs) {

  private static final long NS_PER_US = 1_000;

  /**
   * Read the counters of a process's group.
   *
   * @param pid a process of the reader's pid namespace
   * @return the snapshot
   * @throws ProbeException if the process has ended or a file cannot be read or parsed
   */
  public static CgroupCpu ofProcess(long pid) {
    Cgroup group = Cgroup.ofProcess(pid);
    Cgroup.Folder cpu = group.of("cpu");
    String source = cpu.file("cpu.stat").toString();
    List<String> lines = KernelText.lines(cpu.file("cpu.stat"));
    if (cpu.version() == 2) {
      return parseV2(source, lines);
    }
    String usage = KernelText.read(group.of("cpuacct").file("cpuacct.usage")).strip();
    return parseV1(source, lines, new Line("cpuacct.usage", 1, usage));
  }

  /**
   * Find the folder of control files that limits the CPU of a process.
   *
   * @param pid a process of the reader's pid namespace
   * @return of version 2 where it holds a file {@code cgroup.controllers}, else of version 1
   * @throws ProbeException if the process has ended or no control group is mounted
   */
  public static Path folder(long pid) {
    return Cgroup.ofProcess(pid).of("cpu").path();
  }

  static CgroupCpu parseV2(String source, List<String> lines) {
    Map<String, Long> values = values(source, lines);
    return new CgroupCpu(
        source,
        NS_PER_US * value(source, values, "usage_usec"),
        value(source, values, "nr_periods"),
        value(source, values, "nr_throttled"),
        NS_PER_US * value(source, values, "throttled_usec"));
  }

  static CgroupCpu parseV1(String source, List<String> lines, Line usage) {
    Map<String, Long> values = values(source, lines);
    return new CgroupCpu(
        source,
        usage.unsigned(usage.text(), "usage"),
        value(source, values, "nr_periods"),
        value(source, values, "nr_throttled"),
        value(source, values, "throttled_time"));
  }

  private static Map<String, Long> values(String source, List<String> lines) {
    Map<String, Long> values = new HashMap<>();
    for (Line line : Line.of(source, lines)) {
      List<String> fields = line.fields(2);
      values.put(fields.getFirst(), line.unsigned(fields.getLast(), fields.getFirst()));
    }
    return values;
  }

  private static long value(String source, Map<String, Long> values, String name) {
    Long value = values.get(name);
    if (value == null) {
      throw ProbeException.incomplete(source, "a line " + name);
    }
    return value;
  }

  /**
   * Subtract an earlier snapshot of the same group.
   *
   * @param before the earlier snapshot
   * @return what was added in between
   * @throws ProbeException if they are of different groups or a counter went backwards
   */
  public CgroupCpu since(CgroupCpu before) {
    if (!source.equals(before.source)) {
      throw ProbeException.inconsistent(source, "not the same group: before=" + before.source);
    }
    return new CgroupCpu(
        source,
        Counter.difference(source, "usage", before.usedNs, usedNs),
        Counter.difference(source, "nr_periods", before.periods, periods),
        Counter.difference(source, "nr_throttled", before.throttledPeriods, throttledPeriods),
        Counter.difference(source, "throttled time", before.throttledNs, throttledNs));
  }

  /**
   * Tell the CPU time.
   *
   * @return what was used
   */
  public Duration used() {
    return Duration.ofNanos(usedNs);
  }

  /**
   * Tell for how long it was stopped.
   *
   * @return the time, summed over the processors
   */
  public Duration throttled() {
    return Duration.ofNanos(throttledNs);
  }
}
