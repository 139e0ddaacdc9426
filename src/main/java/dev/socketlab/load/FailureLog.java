package dev.socketlab.load;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** The failures of one driver thread, while they come in. */
final class FailureLog {
  private final Map<FailureKind, Long> byKind = new EnumMap<>(FailureKind.class);
  private final List<String> first = new ArrayList<>();

  void add(FailureKind kind, long count, String words) {
    byKind.merge(kind, count, Long::sum);
    if (first.size() < Failures.KEPT) {
      first.add(words);
    }
  }

  Failures failures() {
    return new Failures(byKind, first);
  }
}
