/** Tests of the package. */
@NullMarked
package dev.socketlab.ledger;

import org.jspecify.annotations.NullMarked;
