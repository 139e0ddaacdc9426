package dev.socketlab.trace;

import dev.socketlab.probe.SyscallCount;
import dev.socketlab.probe.SyscallCounts;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;

/** Mixes for tests, of 100 and 200 operations. */
public final class Mixes {

  private static final Duration TICKS = Duration.ofMillis(20);

  private Mixes() {}

  /** As strace would count a server that reads once and writes {@code writes} times. */
  public static SyscallMix launched(long writes) {
    return mix(
        Tracer.STRACE,
        Optional.of(counts(true, 40, 2, 0, 300)),
        counts(true, 140, 2 + 100 * writes, 1, 310),
        counts(true, 241, 2 + 200 * writes, 1, 395));
  }

  /** As perf would count the same server. */
  public static SyscallMix watched(long writes) {
    return mix(
        Tracer.PERF_STAT,
        Optional.empty(),
        counts(false, 101, 100 * writes, 1, 10),
        counts(false, 201, 200 * writes, 1, 95));
  }

  private static SyscallMix mix(
      Tracer tracer, Optional<SyscallCounts> startUp, SyscallCounts n, SyscallCounts twice) {
    return new SyscallMix(
        tracer,
        0,
        startUp,
        new SyscallPass(n, cost(100, 9)),
        new SyscallPass(twice, cost(200, 18)),
        cost(200, 6));
  }

  private static LoadCost cost(long operations, long wallMs) {
    return new LoadCost(operations, Duration.ofMillis(wallMs), Duration.ofMillis(10), TICKS);
  }

  private static SyscallCounts counts(
      boolean exhaustive, long read, long write, long accept, long futex) {
    Map<String, SyscallCount> counts = new TreeMap<>();
    counts.put("read", count(read));
    counts.put("write", count(write));
    counts.put("accept", count(accept));
    counts.put("futex", count(futex));
    counts.put("sendto", count(0));
    return new SyscallCounts(exhaustive ? "strace -c" : "perf stat", counts, exhaustive);
  }

  private static SyscallCount count(long calls) {
    return new SyscallCount(
        calls, OptionalLong.of(0), Optional.of(Duration.ofNanos(1_000 * calls)));
  }
}
