package dev.socketlab.assertion;

import dev.socketlab.ledger.TcpLedger;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;
import org.assertj.core.api.AbstractAssert;

/**
 * Assertions about the {@link TcpLedger} of some sessions.
 *
 * {@snippet :
 * assertThat(udpLedger).as("16 clients").balance();
 * }
 */
@API(status = Status.MAINTAINED, since = "0.1")
public final class TcpLedgerAssert extends AbstractAssert<TcpLedgerAssert, TcpLedger> {

  TcpLedgerAssert(TcpLedger actual) {
    super(actual, TcpLedgerAssert.class);
  }

  /**
   * Verifies that the ledger balances: each completed session is one connection opened and one
   * accepted, and no queue overflowed, nothing was retransmitted, and no open connection was reset.
   * Of {@code OutRsts} nothing is asserted, see {@link TcpLedger}.
   *
   * @return this
   * @throws AssertionError with the whole ledger and where it is off
   */
  public TcpLedgerAssert balance() {
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
