package dev.socketlab.experiments.laws;

import dev.socketlab.probe.Ledger;

/**
 * One observation: a listener that does not accept, and more connections than its queue holds.
 *
 * @param backlog what the listener asked for
 * @param trial the trial's number
 * @param books all of it as a ledger
 */
record AcceptQueue(int backlog, int trial, Ledger books) {

  /** Looks up a figure of the books. */
  long figure(String account) {
    return books.account(account).value().orElseThrow();
  }
}
