package dev.socketlab.probe;

import java.time.Duration;

/**
 * What a process used between two snapshots.
 *
 * <pre>{@code
 * ProcessUsage before = ProcessUsage.read(server.pid());
 * burst.run();
 * ProcessUsageDelta used = ProcessUsage.read(server.pid()).since(before);
 * long switches = used.voluntarySwitches();
 * }</pre>
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
public record ProcessUsageDelta(
    long ticksPerSecond,
    long userTicks,
    long systemTicks,
    long minorFaults,
    long majorFaults,
    long peakRssKb,
    ThreadUsageDelta threads) {

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
   * @return switches; a lower bound when threads ended in between, see {@link ThreadUsageDelta}
   */
  public long voluntarySwitches() {
    return threads.total().voluntarySwitches();
  }

  /**
   * Sum up the involuntary context switches of all live threads.
   *
   * @return switches; a lower bound when threads ended in between, see {@link ThreadUsageDelta}
   */
  public long involuntarySwitches() {
    return threads.total().involuntarySwitches();
  }
}
