package dev.socketlab.probe;

import dev.socketlab.internal.os.ClockTick;
import dev.socketlab.probe.internal.Counter;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;

/**
 * Snapshot of what a process has used, from {@code /proc/<pid>/stat}, {@code /proc/<pid>/status}
 * and its threads.
 *
 * <p>CPU ticks and faults are the process's own counters: they include threads that have ended.
 * There is no such counter of context switches: {@code /proc/<pid>/status} shows those of the main
 * thread alone, so they are summed over {@link #threads()}, live threads only.
 *
 * {@snippet :
 * ProcessUsage before = ProcessUsage.read(server.pid());
 * drive(server);
 * ProcessUsage.Delta used = ProcessUsage.read(server.pid()).since(before);
 * }
 *
 * @param pid the process
 * @param startTimeTicks when it was started, in clock ticks since boot; with the pid, its identity
 * @param ticksPerSecond the unit of the ticks, usually 100 ({@code AT_CLKTCK})
 * @param userTicks CPU time in user space, in clock ticks; sampled, see {@link Share}
 * @param systemTicks CPU time in the kernel, in clock ticks; sampled
 * @param minorFaults page faults served without reading from a disk
 * @param majorFaults page faults that had to read
 * @param peakRssKb largest resident set so far, in units of 1024 bytes ({@code VmHWM}); never falls
 * @param threads its live threads
 */
@API(status = Status.EXPERIMENTAL, since = "0.1")
public record ProcessUsage(
    long pid,
    long startTimeTicks,
    long ticksPerSecond,
    long userTicks,
    long systemTicks,
    long minorFaults,
    long majorFaults,
    long peakRssKb,
    ThreadUsage threads) {

  /**
   * Read a process.
   *
   * @param pid a process of the reader's pid namespace
   * @return the snapshot
   * @throws ProbeException if the process does not exist or has ended, or a file cannot be read or
   *     parsed
   */
  public static ProcessUsage read(long pid) {
    Path directory = Path.of("/proc", Long.toString(pid));
    Path stat = directory.resolve("stat");
    Path status = directory.resolve("status");
    return of(
        TaskStat.parse(stat.toString(), KernelText.read(stat)),
        new TaskStatus(status.toString(), KernelText.lines(status)),
        ThreadUsage.read(pid),
        clockTick());
  }

  private static long clockTick() {
    try {
      return ClockTick.ticksPerSecond();
    } catch (IOException e) {
      throw ProbeException.unreadable("the clock tick", e);
    }
  }

  static ProcessUsage of(
      TaskStat stat, TaskStatus status, ThreadUsage threads, long ticksPerSecond) {
    return new ProcessUsage(
        stat.id(),
        stat.startTimeTicks(),
        ticksPerSecond,
        stat.userTicks(),
        stat.systemTicks(),
        stat.minorFaults(),
        stat.majorFaults(),
        status.kilobytes("VmHWM"),
        threads);
  }

  /**
   * Subtract an earlier snapshot of the same process.
   *
   * @param before the earlier snapshot
   * @return what it used in between
   * @throws ProbeException if the snapshots are of different processes or a counter went backwards
   */
  public Delta since(ProcessUsage before) {
    if (pid != before.pid || startTimeTicks != before.startTimeTicks) {
      throw ProbeException.inconsistent(
          source(),
          "not the same process: pid and start before=%d/%d, after=%d/%d"
              .formatted(before.pid, before.startTimeTicks, pid, startTimeTicks));
    }
    return new Delta(
        ticksPerSecond,
        grown("utime", before.userTicks, userTicks),
        grown("stime", before.systemTicks, systemTicks),
        grown("minflt", before.minorFaults, minorFaults),
        grown("majflt", before.majorFaults, majorFaults),
        peakRssKb,
        threads.since(before.threads));
  }

  private long grown(String counter, long before, long after) {
    return Counter.difference(source(), counter, before, after);
  }

  private String source() {
    return "/proc/" + pid;
  }

  /**
   * What a process used between two snapshots.
   *
   * {@snippet :
   * ProcessUsage before = ProcessUsage.read(server.pid());
   * burst.run();
   * ProcessUsage.Delta used = ProcessUsage.read(server.pid()).since(before);
   * long switches = used.voluntarySwitches();
   * }
   *
   * @param ticksPerSecond the unit of the ticks
   * @param userTicks CPU time in user space, in clock ticks
   * @param systemTicks CPU time in the kernel, in clock ticks
   * @param minorFaults page faults served without reading from a disk
   * @param majorFaults page faults that had to read
   * @param peakRssKb largest resident set until the second snapshot, in units of 1024 bytes; not a
   *     difference
   * @param threads what its threads used
   */
  public record Delta(
      long ticksPerSecond,
      long userTicks,
      long systemTicks,
      long minorFaults,
      long majorFaults,
      long peakRssKb,
      ThreadUsage.Delta threads) {

    /**
     * Tell the length of a clock tick, the resolution of the CPU times.
     *
     * @return usually 10 ms
     */
    public Duration tick() {
      return Duration.ofSeconds(1).dividedBy(ticksPerSecond);
    }

    /**
     * Add user and system time.
     *
     * @return CPU time, a whole number of ticks
     */
    public Duration cpuTime() {
      return tick().multipliedBy(userTicks + systemTicks);
    }

    /**
     * Tell how much of the CPU time was spent in the kernel.
     *
     * @return the share with its interval
     */
    public Share systemShare() {
      return Share.ofTicks(systemTicks, userTicks + systemTicks);
    }

    /**
     * Sum up the voluntary context switches of all live threads.
     *
     * @return switches; a lower bound when threads ended in between, see {@link ThreadUsage.Delta}
     */
    public long voluntarySwitches() {
      return threads.total().voluntarySwitches();
    }

    /**
     * Sum up the involuntary context switches of all live threads.
     *
     * @return switches; a lower bound when threads ended in between, see {@link ThreadUsage.Delta}
     */
    public long involuntarySwitches() {
      return threads.total().involuntarySwitches();
    }
  }
}
