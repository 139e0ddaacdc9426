package dev.socketlab.experiments.laws;

import dev.socketlab.ledger.Ledger;

/**
 * One observation: a listener that does not accept, and more connections than its queue holds.
 *
 * @param backlog what the listener asked for
 * @param trial the trial's number
 * @param ledger all of it as a ledger
 */
record AcceptQueue(int backlog, int trial, Ledger ledger) {

  /** Looks up a figure of the ledger. */
  long figure(String account) {
    return ledger.account(account).value().orElseThrow();
  }
}
