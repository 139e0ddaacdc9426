package dev.socketlab.experiments.laws;

import dev.socketlab.ledger.UdpLedger;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;

/**
 * One observation: a burst of numbered datagrams over a link.
 *
 * @param dropEvery each so many-th datagram is to be dropped; 0 for a link without a fault
 * @param trial the trial's number
 * @param published datagrams sent
 * @param last the number of the last one
 * @param received the numbers read, in the order in which they came
 * @param seen datagrams that the fault was applied to
 * @param dropped datagrams that the fault dropped
 * @param ledger all of it as a ledger
 */
record LossyBurst(
    int dropEvery,
    int trial,
    int published,
    int last,
    List<Integer> received,
    long seen,
    long dropped,
    UdpLedger ledger) {

  Set<Integer> missing() {
    return missing(last, received);
  }

  static Set<Integer> missing(int last, List<Integer> received) {
    Set<Integer> missing = new TreeSet<>();
    IntStream.rangeClosed(1, last).forEach(missing::add);
    received.forEach(missing::remove);
    return missing;
  }

  /** What ought to be missing: the multiples. */
  Set<Integer> multiples() {
    Set<Integer> multiples = new TreeSet<>();
    if (dropEvery > 0) {
      IntStream.rangeClosed(1, last / dropEvery).forEach(i -> multiples.add(i * dropEvery));
    }
    return multiples;
  }
}
