package dev.socketlab.assertion;

import dev.socketlab.probe.TcpBooks;
import org.assertj.core.api.AbstractAssert;

/**
 * Assertions about the {@link TcpBooks} of some sessions.
 *
 * <pre>{@code
 * assertThat(books).as("16 clients").balance();
 * }</pre>
 */
public final class TcpBooksAssert extends AbstractAssert<TcpBooksAssert, TcpBooks> {

  TcpBooksAssert(TcpBooks actual) {
    super(actual, TcpBooksAssert.class);
  }

  /**
   * Verifies that the books balance: each completed session is one connection opened and one
   * accepted, and no queue overflowed, nothing was retransmitted, and no reset was sent.
   *
   * @return this
   * @throws AssertionError with the whole ledger and where it is off
   */
  public TcpBooksAssert balance() {
    isNotNull();
    if (!actual.ledger().balances()) {
      as(
          "%severy counter that moved: %s",
          info.hasDescription() ? descriptionText() + "; " : "", actual.moved());
    }
    LabAssertions.assertThat(actual.ledger()).as(info.description()).balances();
    return this;
  }
}
