package dev.socketlab.probe;

/** Subtract readings of a counter that can only grow. */
final class Counter {
  private Counter() {}

  static long difference(String source, String counter, long before, long after) {
    if (after < before) {
      throw ProbeException.backwards(source, counter, before, after);
    }
    return after - before;
  }
}
