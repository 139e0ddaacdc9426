package dev.socketlab.trace;

import dev.socketlab.probe.DescriptorKind;
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
        counts(true, 100, 100 * writes, 1, 10),
        counts(true, 201, 200 * writes, 1, 95));
  }

  /**
   * As strace would count a server that reads and writes its socket once, and one of whose threads
   * wakes another for some of a hundred requests.
   */
  public static SyscallMix handingOver(long wakeUps) {
    return mix(
        Tracer.STRACE,
        Optional.of(handingOver(0, 0)),
        handingOver(100, wakeUps),
        handingOver(200, 2 * wakeUps));
  }

  /**
   * As strace would count a server that reads its socket once and the clock 14 times, where the
   * clock source is hpet and the vDSO asks the kernel.
   */
  public static SyscallMix readingTheClock() {
    return mix(Tracer.STRACE, Optional.empty(), readingTheClock(100), readingTheClock(200));
  }

  private static SyscallCounts readingTheClock(long requests) {
    return new SyscallCounts(
        "strace -c",
        Map.of(
            "read", on(Map.of(DescriptorKind.SOCKET, requests)),
            "clock_gettime", on(Map.of(DescriptorKind.NONE, 14 * requests))),
        true);
  }

  /** As strace would count a server of which the larger load asked less often. */
  public static SyscallMix incomparable() {
    return mix(
        Tracer.STRACE,
        Optional.of(counts(true, 40, 2, 0, 300)),
        counts(true, 140, 102, 80, 310),
        counts(true, 240, 202, 20, 395));
  }

  private static SyscallCounts handingOver(long requests, long wakeUps) {
    return new SyscallCounts(
        "strace -c",
        Map.of(
            "read",
            on(Map.of(DescriptorKind.SOCKET, requests, DescriptorKind.EVENTFD, wakeUps)),
            "write",
            on(Map.of(DescriptorKind.SOCKET, requests))),
        true);
  }

  private static SyscallCounts.Count on(Map<DescriptorKind, Long> calls) {
    return new SyscallCounts.Count(
        calls.values().stream().mapToLong(Long::longValue).sum(),
        OptionalLong.of(0),
        Optional.empty(),
        calls,
        Map.of());
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
        new SyscallMix.Pass(n, cost(100, 9)),
        new SyscallMix.Pass(twice, cost(200, 18)),
        cost(200, 6),
        Optional.empty());
  }

  private static SyscallMix.Cost cost(long operations, long wallMs) {
    return new SyscallMix.Cost(operations, Duration.ofMillis(wallMs), Duration.ofMillis(10), TICKS);
  }

  private static SyscallCounts counts(
      boolean exhaustive, long read, long write, long accept, long futex) {
    Map<String, SyscallCounts.Count> counts = new TreeMap<>();
    counts.put("read", count(read));
    counts.put("write", count(write));
    counts.put("accept", count(accept));
    counts.put("futex", count(futex));
    counts.put("sendto", count(0));
    return new SyscallCounts(exhaustive ? "strace -c" : "perf stat", counts, exhaustive);
  }

  private static SyscallCounts.Count count(long calls) {
    return new SyscallCounts.Count(
        calls, OptionalLong.of(0), Optional.of(Duration.ofNanos(1_000 * calls)));
  }
}
