package dev.socketlab.probe;

import java.util.Collections;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * System calls by name, as a tool counted them: the common result of {@link StraceSummary}, {@link
 * BpftraceCounts} and {@link PerfStat}.
 *
 * <pre>{@code
 * double reads = ofN.slope(ofTwoN, 1_000, 2_000).perOperation("read");
 * }</pre>
 *
 * @param tool what counted
 * @param counts name to count, in alphabetical order
 * @param exhaustive whether every system call was watched, so that a name which is missing was not
 *     called; if not, a missing name was not watched and nothing is known about it
 */
public record SyscallCounts(String tool, Map<String, SyscallCount> counts, boolean exhaustive) {

  /** Keep an unmodifiable sorted copy of the counts. */
  public SyscallCounts {
    counts = Collections.unmodifiableMap(new TreeMap<>(counts));
  }

  /**
   * Tell how often a system call was made.
   *
   * @param name the kernel's name, for instance {@code accept4}
   * @return calls; 0 when it was watched and not called
   * @throws ProbeException if it was not watched
   */
  public long calls(String name) {
    SyscallCount count = counts.get(name);
    if (count != null) {
      return count.calls();
    }
    if (!exhaustive) {
      throw ProbeException.inconsistent(
          tool,
          "system call was not watched: name=%s, watched=%s".formatted(name, counts.keySet()));
    }
    return 0;
  }

  /**
   * Add up all calls.
   *
   * @return calls of every name
   */
  public long total() {
    return counts.values().stream().mapToLong(SyscallCount::calls).reduce(0, Math::addExact);
  }

  /**
   * Subtract what the same process had called up to an earlier moment, for instance during its
   * start. Two runs do not subtract, because counts of calls such as {@code futex} vary from run to
   * run: compare them by {@link #slope}.
   *
   * @param earlier the counts up to the earlier moment
   * @return the calls made since, without failures and times
   * @throws ProbeException if a count would be negative, or the two did not watch the same calls
   */
  public SyscallCounts minus(SyscallCounts earlier) {
    Map<String, SyscallCount> differences = new TreeMap<>();
    for (String name : namesInEither(earlier)) {
      long calls = Counter.difference(tool, name, earlier.calls(name), calls(name));
      differences.put(name, SyscallCount.ofCalls(calls));
    }
    return new SyscallCounts(tool, differences, exhaustive);
  }

  /**
   * Compare this run with one of more operations: calls per operation, free of what happens once
   * per run.
   *
   * @param larger counts of the run with more operations
   * @param operations operations of this run
   * @param largerOperations operations of the other run, more than {@code operations}
   * @return the slope for every name
   * @throws IllegalArgumentException if the other run does not have more operations
   * @throws ProbeException if the two did not watch the same calls
   */
  public SyscallSlopes slope(SyscallCounts larger, long operations, long largerOperations) {
    if (operations < 0 || largerOperations <= operations) {
      throw new IllegalArgumentException(
          "a slope needs a second run with more operations: operations=%d, largerOperations=%d"
              .formatted(operations, largerOperations));
    }
    Map<String, SyscallSlope> slopes = new TreeMap<>();
    for (String name : namesInEither(larger)) {
      slopes.put(
          name, new SyscallSlope(calls(name), larger.calls(name), largerOperations - operations));
    }
    return new SyscallSlopes(tool, slopes, exhaustive);
  }

  private SortedSet<String> namesInEither(SyscallCounts other) {
    if (exhaustive != other.exhaustive
        || (!exhaustive && !counts.keySet().equals(other.counts.keySet()))) {
      throw ProbeException.inconsistent(
          tool,
          "not the same system calls were watched: one=%s, other=%s"
              .formatted(watched(), other.watched()));
    }
    SortedSet<String> names = new TreeSet<>(counts.keySet());
    names.addAll(other.counts.keySet());
    return names;
  }

  private String watched() {
    return exhaustive ? "all" : counts.keySet().toString();
  }
}
