package dev.socketlab.load;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.List;
import org.HdrHistogram.Histogram;

/** What one driver thread did in one part of a load. */
final class Tally {
  private static final int SIGNIFICANT_DIGITS = 3;

  private final Histogram latencies = new Histogram(SIGNIFICANT_DIGITS);
  private final Histogram startLag = new Histogram(SIGNIFICANT_DIGITS);
  private final long cpuStartNs = threadCpuNs();
  private final long startNs;
  private long endNs;
  private long cpuNs;
  private long completed;

  Tally(long startNs) {
    this.startNs = startNs;
  }

  void lag(long nanoseconds) {
    startLag.recordValue(nanoseconds);
  }

  void completed(long latencyNs) {
    completed++;
    latencies.recordValue(latencyNs);
  }

  Tally end() {
    endNs = System.nanoTime();
    cpuNs = threadCpuNs() - cpuStartNs;
    return this;
  }

  private static long threadCpuNs() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
  }

  static LoadResult merged(LoadPlan plan, List<Tally> parts, Failures failures) {
    Tally first = parts.getFirst();
    Histogram latencies = new Histogram(SIGNIFICANT_DIGITS);
    Histogram startLag = new Histogram(SIGNIFICANT_DIGITS);
    // Times of nanoTime are compared as differences to one of them: their origin is arbitrary.
    long startNs = 0;
    long endNs = 0;
    for (Tally part : parts) {
      latencies.add(part.latencies);
      startLag.add(part.startLag);
      startNs = Math.min(startNs, part.startNs - first.startNs);
      endNs = Math.max(endNs, part.endNs - first.startNs);
    }
    return new LoadResult(
        plan.shape().operations(),
        parts.stream().mapToLong(part -> part.completed).sum(),
        failures,
        Duration.ofNanos(endNs - startNs),
        Duration.ofNanos(parts.stream().mapToLong(part -> part.cpuNs).sum()),
        parts.size(),
        latencies,
        startLag);
  }
}
