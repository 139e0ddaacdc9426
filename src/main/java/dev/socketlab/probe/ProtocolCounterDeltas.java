package dev.socketlab.probe;

import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What the protocol counters of a network counted between two {@link ProtocolCounters} snapshots.
 *
 * <pre>{@code
 * ProtocolCounters before = ProtocolCounters.read();
 * burst.run();
 * long overflows = ProtocolCounters.read().since(before).value("TcpExt", "ListenOverflows");
 * }</pre>
 */
public final class ProtocolCounterDeltas {
  private final String source;
  private final Map<String, Map<String, Long>> groups;

  ProtocolCounterDeltas(String source, Map<String, Map<String, Long>> groups) {
    this.source = source;
    this.groups = groups;
  }

  /**
   * Look up one difference.
   *
   * @param group as the kernel names it, for instance {@code Udp}
   * @param name as the kernel names it, for instance {@code RcvbufErrors}
   * @return events counted in between, at least 0
   * @throws ProbeException if there is no such group or counter, or it is a gauge, which has no
   *     difference
   */
  public long value(String group, String name) {
    Map<String, Long> counters = groups.get(group);
    if (counters == null) {
      throw ProbeException.inconsistent(
          source, "no such group: group=%s, known=%s".formatted(group, groups.keySet()));
    }
    if (ProtocolGauges.isGauge(group, name)) {
      throw ProbeException.inconsistent(
          source, "a gauge has no difference: gauge=" + group + "." + name);
    }
    return ProtocolCounters.lookUp(source, counters, group, name);
  }

  /**
   * List what moved.
   *
   * @return {@code Udp.RcvbufErrors} and the like to events counted, sorted by name, without the
   *     zeros
   */
  public SortedMap<String, Long> nonZero() {
    SortedMap<String, Long> moved = new TreeMap<>();
    groups.forEach((group, counters) ->
        counters.forEach((name, value) -> {
          if (value != 0) {
            moved.put(group + "." + name, value);
          }
        }));
    return Collections.unmodifiableSortedMap(moved);
  }
}
