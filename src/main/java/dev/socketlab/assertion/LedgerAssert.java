package dev.socketlab.assertion;

import dev.socketlab.probe.Ledger;
import org.assertj.core.api.AbstractAssert;

/**
 * Assertions about a {@link Ledger}.
 *
 * <pre>{@code
 * assertThat(ledger).as("trial 3").balances();
 * }</pre>
 */
public final class LedgerAssert extends AbstractAssert<LedgerAssert, Ledger> {

  LedgerAssert(Ledger actual) {
    super(actual, LedgerAssert.class);
  }

  /**
   * Verifies that every equation of the ledger whose accounts are all known is true, and that there
   * is at least one.
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
