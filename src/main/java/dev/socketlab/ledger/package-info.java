/**
 * Ledgers: what was sent, received, dropped and queued, as accounts that must balance. They are
 * made of what {@link dev.socketlab.probe probes} counted and read nothing themselves.
 */
@NullMarked
package dev.socketlab.ledger;

import org.jspecify.annotations.NullMarked;
