package dev.socketlab.qsl.feed;

/**
 * Counts what a subscriber received and what it missed. When no datagram arrives twice, interior
 * gaps + head loss + tail loss = published − received. Sequences start at 1.
 */
public final class SequenceTracker {
  private long received;
  private long first;
  private long last;
  private long interiorGaps;

  /** Create a tracker that has seen nothing. */
  public SequenceTracker() {}

  /**
   * Count a received datagram. A sequence that is not above the highest so far fills no gap.
   *
   * @param sequence its sequence, at least 1
   */
  public void observe(long sequence) {
    received++;
    if (received == 1) {
      first = sequence;
      last = sequence;
    } else if (sequence > last) {
      interiorGaps += sequence - last - 1;
      last = sequence;
    }
  }

  /**
   * Return how many datagrams were received.
   *
   * @return datagrams, repeated ones included
   */
  public long received() {
    return received;
  }

  /**
   * Return the sequence of the first datagram.
   *
   * @return 0 if there was none
   */
  public long first() {
    return first;
  }

  /**
   * Return the highest sequence.
   *
   * @return 0 if there was no datagram
   */
  public long last() {
    return last;
  }

  /**
   * Return how many datagrams are missing between received ones.
   *
   * @return datagrams
   */
  public long interiorGaps() {
    return interiorGaps;
  }

  /**
   * Return how many datagrams are missing before the first one.
   *
   * @return datagrams; 0 if there was none, because then all of them count as tail
   */
  public long headLoss() {
    return received == 0 ? 0 : first - 1;
  }

  /**
   * Return how many datagrams are missing after the last one.
   *
   * @param lastPublished the last sequence that was published
   * @return datagrams
   */
  public long tailLoss(long lastPublished) {
    return lastPublished - last;
  }
}
