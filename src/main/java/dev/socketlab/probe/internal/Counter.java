package dev.socketlab.probe.internal;

import dev.socketlab.probe.ProbeException;

/** Subtract readings of a counter that can only grow. */
public final class Counter {
  private Counter() {}

  public static long difference(String source, String counter, long before, long after) {
    if (after < before) {
      throw ProbeException.inconsistent(
          source,
          "counter went backwards: counter=%s, before=%d, after=%d"
              .formatted(counter, before, after));
    }
    return after - before;
  }
}
