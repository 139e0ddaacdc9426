package dev.socketlab.probe;

import java.util.List;

/**
 * Counters of one thread, since it was started or between two readings.
 *
 * <pre>{@code
 * for (ThreadCounters thread : ThreadUsage.read(server.pid()).threads()) {
 *   System.out.println(thread.name() + " " + thread.runNs() / 1_000 + " µs");
 * }
 * }</pre>
 *
 * @param tid thread id
 * @param name the thread's name as the kernel keeps it: at most 15 bytes ({@code task/<tid>/stat})
 * @param startTimeTicks when it was started, in clock ticks since boot; with the id, its identity
 * @param userTicks CPU time in user space, in clock ticks; sampled, see {@link Share}
 * @param systemTicks CPU time in the kernel, in clock ticks; sampled
 * @param runNs nanoseconds on a CPU, exact ({@code schedstat}, first number)
 * @param waitNs nanoseconds runnable but waiting for a CPU ({@code schedstat}, second number)
 * @param slices times it was put on a CPU ({@code schedstat}, third number)
 * @param voluntarySwitches times it gave up the CPU to wait ({@code status})
 * @param involuntarySwitches times the CPU was taken from it ({@code status})
 */
public record ThreadCounters(
    long tid,
    String name,
    long startTimeTicks,
    long userTicks,
    long systemTicks,
    long runNs,
    long waitNs,
    long slices,
    long voluntarySwitches,
    long involuntarySwitches) {

  static ThreadCounters parse(TaskStat stat, TaskStatus status, Line schedstat) {
    List<String> fields = schedstat.fields(3);
    return new ThreadCounters(
        stat.id(),
        stat.name(),
        stat.startTimeTicks(),
        stat.userTicks(),
        stat.systemTicks(),
        schedstat.unsigned(fields.get(0), "run time"),
        schedstat.unsigned(fields.get(1), "wait time"),
        schedstat.unsigned(fields.get(2), "time slices"),
        status.count("voluntary_ctxt_switches"),
        status.count("nonvoluntary_ctxt_switches"));
  }

  boolean isSameThreadAs(ThreadCounters other) {
    return tid == other.tid && startTimeTicks == other.startTimeTicks;
  }

  /**
   * Subtract an earlier reading of this thread.
   *
   * @param before the earlier reading
   * @return what each counter counted in between, under the name that the thread has now
   * @throws ProbeException if the readings are of different threads or a counter went backwards
   */
  public ThreadCounters since(ThreadCounters before) {
    if (!isSameThreadAs(before)) {
      throw ProbeException.inconsistent(
          source(), "not the same thread: before=%s, after=%s".formatted(before, this));
    }
    return new ThreadCounters(
        tid,
        name,
        startTimeTicks,
        grown("user ticks", before.userTicks, userTicks),
        grown("system ticks", before.systemTicks, systemTicks),
        grown("run time", before.runNs, runNs),
        grown("wait time", before.waitNs, waitNs),
        grown("time slices", before.slices, slices),
        grown("voluntary switches", before.voluntarySwitches, voluntarySwitches),
        grown("involuntary switches", before.involuntarySwitches, involuntarySwitches));
  }

  private long grown(String counter, long before, long after) {
    return Counter.difference(source(), counter, before, after);
  }

  private String source() {
    return "thread %d (%s)".formatted(tid, name);
  }
}
