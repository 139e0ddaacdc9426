package dev.socketlab.probe.internal;

import dev.socketlab.internal.os.TimeOut;
import dev.socketlab.probe.ProtocolCounters;
import dev.socketlab.probe.ProtocolCounters.Deltas;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/**
 * Waits until no TCP segment is on its way between networks: as many have arrived as were sent, in
 * all of them together.
 */
public final class SegmentsOnTheirWay {

  private static final Duration AT_MOST = Duration.ofSeconds(2);
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(1);

  private SegmentsOnTheirWay() {}

  /**
   * Counts once they have arrived, or at the latest two seconds later on a usual machine, where one
   * was lost.
   *
   * @param before of each network, counted before
   * @param read counts now, in the same order
   * @return what moved in each
   */
  public static List<Deltas> awaitSince(
      List<ProtocolCounters> before, Supplier<List<ProtocolCounters>> read) {
    long startNs = System.nanoTime();
    long atMostNs = TimeOut.scaled(AT_MOST).toNanos();
    while (true) {
      List<ProtocolCounters> now = read.get();
      List<Deltas> deltas =
          IntStream.range(0, before.size()).mapToObj(i -> now.get(i).since(before.get(i))).toList();
      boolean arrived =
          sum(deltas, "InSegs") == sum(deltas, "OutSegs") + sum(deltas, "RetransSegs");
      if (arrived || System.nanoTime() - startNs > atMostNs) {
        return deltas;
      }
      LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
    }
  }

  private static long sum(List<Deltas> deltas, String name) {
    return deltas.stream().mapToLong(network -> network.value("Tcp", name)).sum();
  }
}
