package dev.socketlab.experiments.stress;

import dev.socketlab.ledger.UdpLedger;
import java.util.OptionalLong;

/**
 * One observation: a burst of datagrams against one receive buffer.
 *
 * @param mode how the subscriber behaved
 * @param level the buffer asked for
 * @param trial the trial's number
 * @param grantedBytes the buffer as the subscriber read it back, in the kernel's own number
 * @param published datagrams sent
 * @param received datagrams read
 * @param socketDrops the kernel's drop count of that very socket, where readable
 * @param interiorGaps sequence numbers missing between the first and the last read
 * @param headLoss sequence numbers missing before the first
 * @param tailLoss sequence numbers missing after the last
 * @param peakQueuedBytes the most that was seen in the socket's queue, where readable
 * @param ledger all of it as a ledger
 */
record Burst(
    Mode mode,
    BufferLevel level,
    int trial,
    long grantedBytes,
    long published,
    long received,
    OptionalLong socketDrops,
    long interiorGaps,
    long headLoss,
    long tailLoss,
    OptionalLong peakQueuedBytes,
    UdpLedger ledger) {

  /** How the subscriber behaves during the burst. */
  enum Mode {
    /** It drains while the publisher sends: the classic race. */
    RACE("race"),
    /** It is held until the burst is over: what is left is what the buffer holds. */
    STALLED("stalled");

    private final String label;

    Mode(String label) {
      this.label = label;
    }

    @Override
    public String toString() {
      return label;
    }
  }

  long lost() {
    return published - received;
  }
}
