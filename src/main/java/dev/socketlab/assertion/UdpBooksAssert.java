package dev.socketlab.assertion;

import dev.socketlab.probe.UdpBooks;
import org.assertj.core.api.AbstractAssert;

/**
 * Assertions about the {@link UdpBooks} of a burst of datagrams.
 *
 * <pre>{@code
 * assertThat(books).balance().lostAtLeast(1);
 * }</pre>
 */
public final class UdpBooksAssert extends AbstractAssert<UdpBooksAssert, UdpBooks> {

  UdpBooksAssert(UdpBooks actual) {
    super(actual, UdpBooksAssert.class);
  }

  /**
   * Verifies that the books balance: every datagram that was published was received or is found in
   * a counter of drops, and every loss is found in the gaps of the sequence numbers.
   *
   * @return this
   * @throws AssertionError with the whole ledger and where it is off
   */
  public UdpBooksAssert balance() {
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
  public UdpBooksAssert lost(long datagrams) {
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
  public UdpBooksAssert lostAtLeast(long datagrams) {
    isNotNull();
    if (actual.lost() < datagrams) {
      throw failure(
          "%nexpected at least %d datagrams to be lost, but %d were%n%s",
          datagrams, actual.lost(), actual.ledger());
    }
    return this;
  }
}
