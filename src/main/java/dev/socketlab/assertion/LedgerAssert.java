package dev.socketlab.assertion;

import dev.socketlab.ledger.Ledger;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;
import org.assertj.core.api.AbstractAssert;

/**
 * Assertions about a {@link Ledger}.
 *
 * {@snippet :
 * assertThat(ledger).as("trial 3").balances();
 * }
 */
@API(status = Status.MAINTAINED, since = "0.1")
public final class LedgerAssert extends AbstractAssert<LedgerAssert, Ledger> {

  LedgerAssert(Ledger actual) {
    super(actual, LedgerAssert.class);
  }

  /**
   * Verifies that every equation of the ledger is true, and that there is at least one. An equation
   * with an account that is not known is not true.
   *
   * @return this
   * @throws AssertionError with the whole ledger and where it is off
   */
  public LedgerAssert balances() {
    isNotNull();
    if (!actual.balances()) {
      throw failure("%n%s", actual);
    }
    return this;
  }
}
