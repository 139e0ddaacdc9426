package dev.socketlab.trace;

import dev.socketlab.probe.DescriptorKind;
import dev.socketlab.probe.ProbeException;
import dev.socketlab.probe.internal.Counter;
import dev.socketlab.trace.internal.BpftraceCounts;
import dev.socketlab.trace.internal.PerfStat;
import dev.socketlab.trace.internal.StraceSummary;
import java.time.Duration;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;

/**
 * System calls by name, as a tool counted them: the common result of {@link StraceSummary}, {@link
 * BpftraceCounts} and {@link PerfStat}.
 *
 * {@snippet :
 * double reads = ofN.slope(ofTwoN, 1_000, 2_000).get("read").perOperation();
 * }
 *
 * @param tool what counted
 * @param counts name to count, in alphabetical order
 * @param exhaustive whether every system call was watched, so that a name which is missing was not
 *     called; if not, a missing name was not watched and nothing is known about it
 */
@API(status = Status.EXPERIMENTAL, since = "0.1")
public record SyscallCounts(String tool, Map<String, Count> counts, boolean exhaustive) {

  @SuppressWarnings("doclint:missing")
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
    Count count = counts.get(name);
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
   * Take the calls that were made on descriptors of one kind.
   *
   * @param kind what the descriptor is, the first argument of the call
   * @return their counts, without failures and times
   * @throws ProbeException if the tool did not look at descriptors
   */
  public SyscallCounts on(DescriptorKind kind) {
    Map<String, Count> chosen = new TreeMap<>();
    counts.forEach((name, count) -> {
      if (count.calls() > 0 && count.byDescriptor().isEmpty()) {
        throw ProbeException.inconsistent(
            tool,
            "the descriptors of calls were not looked at: name=%s, kind=%s".formatted(name, kind));
      }
      long calls = count.byDescriptor().getOrDefault(kind, 0L);
      if (calls > 0 || !exhaustive) {
        chosen.put(name, Count.ofCalls(calls));
      }
    });
    return new SyscallCounts(tool, chosen, exhaustive);
  }

  /**
   * Take the calls that ended with one error.
   *
   * @param error its name, for instance {@code EAGAIN}
   * @return their counts, without kinds of descriptors and times
   * @throws ProbeException if the tool did not look at errors
   */
  public SyscallCounts failedWith(String error) {
    Map<String, Count> chosen = new TreeMap<>();
    counts.forEach((name, count) -> {
      long known = count.byError().values().stream().mapToLong(Long::longValue).sum();
      if (count.calls() > 0 && count.errors().orElse(-1) != known) {
        throw ProbeException.inconsistent(
            tool,
            "the errors of calls were not looked at: name=%s, error=%s".formatted(name, error));
      }
      long calls = count.byError().getOrDefault(error, 0L);
      if (calls > 0 || !exhaustive) {
        chosen.put(
            name,
            new Count(
                calls,
                OptionalLong.of(calls),
                Optional.empty(),
                Map.of(),
                calls == 0 ? Map.of() : Map.of(error, calls)));
      }
    });
    return new SyscallCounts(tool, chosen, exhaustive);
  }

  /**
   * Tell on what kinds of descriptors a call was made.
   *
   * @param name the kernel's name
   * @return the kinds; empty when the tool did not look, or there was no such call
   */
  public Set<DescriptorKind> kinds(String name) {
    Count count = counts.get(name);
    return count == null ? Set.of() : count.byDescriptor().keySet();
  }

  /**
   * Add up all calls.
   *
   * @return calls of every name
   */
  public long total() {
    return counts.values().stream().mapToLong(Count::calls).reduce(0, Math::addExact);
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
    Map<String, Count> differences = new TreeMap<>();
    for (String name : namesInEither(earlier)) {
      long calls = Counter.difference(tool, name, earlier.calls(name), calls(name));
      differences.put(name, Count.ofCalls(calls));
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
   * @return the slope of every name that either run has
   * @throws IllegalArgumentException if the other run does not have more operations
   * @throws ProbeException if the two did not watch the same calls
   */
  public SortedMap<String, Slope> slope(
      SyscallCounts larger, long operations, long largerOperations) {
    if (operations < 0 || largerOperations <= operations) {
      throw new IllegalArgumentException(
          "a slope needs a second run with more operations: operations=%d, largerOperations=%d"
              .formatted(operations, largerOperations));
    }
    SortedMap<String, Slope> slopes = new TreeMap<>();
    for (String name : namesInEither(larger)) {
      slopes.put(name, new Slope(calls(name), larger.calls(name), largerOperations - operations));
    }
    return slopes;
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

  /**
   * How often one system call was made.
   *
   * {@snippet :
   * SyscallCounts.Count read = counts.counts().get("read");
   * long failed = read.errors().orElse(0);
   * }
   *
   * @param calls number of calls
   * @param errors how many of them failed; empty when the tool does not count failures
   * @param time time spent in them as the tool measured it, perturbed by the tool; empty when it
   *     does not measure
   * @param byDescriptor how many were made on a descriptor of which kind, the first argument
   *     telling; empty when the tool does not look
   * @param byError how many ended with which error, by its name, for instance {@code EAGAIN}; empty
   *     when none did, or the tool does not look
   */
  public record Count(
      long calls,
      OptionalLong errors,
      Optional<Duration> time,
      Map<DescriptorKind, Long> byDescriptor,
      Map<String, Long> byError) {

    @SuppressWarnings("doclint:missing")
    public Count {
      byDescriptor = Map.copyOf(byDescriptor);
      byError = Map.copyOf(byError);
      if (calls < 0 || errors.orElse(0) < 0 || errors.orElse(0) > calls) {
        throw new IllegalArgumentException(
            "0 <= errors <= calls must hold: calls=%d, errors=%s".formatted(calls, errors));
      }
    }

    /**
     * A count of a tool that looks at no arguments and results.
     *
     * @param calls number of calls
     * @param errors how many of them failed
     * @param time time spent in them
     */
    public Count(long calls, OptionalLong errors, Optional<Duration> time) {
      this(calls, errors, time, Map.of(), Map.of());
    }

    /**
     * Count calls of which no more is known than how many there were.
     *
     * @param calls how many
     * @return the count
     */
    public static Count ofCalls(long calls) {
      return new Count(calls, OptionalLong.empty(), Optional.empty());
    }
  }
}
