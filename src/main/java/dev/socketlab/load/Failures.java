package dev.socketlab.load;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What went wrong in a load, in all of its parts: connecting, warm-up, measurement, closing.
 *
 * {@snippet :
 * assertThat(result.failures().summary()).as("%s", result.failures().first()).isEqualTo("none");
 * }
 *
 * @param byKind how often, in the order of the kinds; a kind that did not happen is not in it
 * @param first the first of them in words, at most {@link #KEPT} of each driver thread
 */
public record Failures(Map<FailureKind, Long> byKind, List<String> first) {
  /** How many are kept in words. */
  public static final int KEPT = 10;

  /** Copy the values. */
  public Failures {
    Map<FailureKind, Long> ordered = new EnumMap<>(FailureKind.class);
    ordered.putAll(byKind);
    byKind = Collections.unmodifiableMap(ordered);
    first = List.copyOf(first);
  }

  /** {@return how many there were} */
  public long total() {
    return byKind.values().stream().mapToLong(Long::longValue).sum();
  }

  /**
   * Return how many of one kind there were.
   *
   * @param kind the kind
   * @return 0 or more
   */
  public long count(FailureKind kind) {
    return byKind.getOrDefault(kind, 0L);
  }

  /**
   * Return the counts as a cell of a table has them.
   *
   * @return for example {@code reset=2 timed_out=1}, or {@code none}
   */
  public String summary() {
    return byKind.isEmpty()
        ? "none"
        : byKind.entrySet().stream()
            .map(entry -> entry.getKey().name().toLowerCase(Locale.ROOT) + "=" + entry.getValue())
            .collect(Collectors.joining(" "));
  }

  Failures plus(Failures other) {
    Map<FailureKind, Long> sum = new EnumMap<>(FailureKind.class);
    sum.putAll(byKind);
    other.byKind.forEach((kind, count) -> sum.merge(kind, count, Long::sum));
    List<String> words = new ArrayList<>(first);
    words.addAll(other.first);
    return new Failures(sum, words);
  }
}
