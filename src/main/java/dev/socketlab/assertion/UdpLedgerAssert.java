package dev.socketlab.assertion;

import dev.socketlab.ledger.UdpLedger;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;
import org.assertj.core.api.AbstractAssert;

/**
 * Assertions about the {@link UdpLedger} of a burst of datagrams.
 *
 * {@snippet :
 * assertThat(udpLedger).balance().lostAtLeast(1);
 * }
 */
@API(status = Status.MAINTAINED, since = "0.1")
public final class UdpLedgerAssert extends AbstractAssert<UdpLedgerAssert, UdpLedger> {

  UdpLedgerAssert(UdpLedger actual) {
    super(actual, UdpLedgerAssert.class);
  }

  /**
   * Verifies that the ledger balances: every datagram that was published was received or is found
   * in a counter of drops, and every loss is found in the gaps of the sequence numbers.
   *
   * @return this
   * @throws AssertionError with the whole ledger and where it is off
   */
  public UdpLedgerAssert balance() {
    isNotNull();
    LabAssertions.assertThat(actual.ledger()).balances();
    return this;
  }

  /**
   * Verifies that exactly so many datagrams were lost.
   *
   * @param datagrams how many
   * @return this
   * @throws AssertionError with the whole ledger
   */
  public UdpLedgerAssert lost(long datagrams) {
    isNotNull();
    if (actual.lost() != datagrams) {
      throw failure(
          "%nexpected %d datagrams to be lost, but %d were%n%s",
          datagrams, actual.lost(), actual.ledger());
    }
    return this;
  }

  /**
   * Verifies that at least so many datagrams were lost.
   *
   * @param datagrams how many, at least
   * @return this
   * @throws AssertionError with the whole ledger
   */
  public UdpLedgerAssert lostAtLeast(long datagrams) {
    isNotNull();
    if (actual.lost() < datagrams) {
      throw failure(
          "%nexpected at least %d datagrams to be lost, but %d were%n%s",
          datagrams, actual.lost(), actual.ledger());
    }
    return this;
  }
}
