/** How gates are checked and written down. Not for users. */
@NullMarked
package dev.socketlab.gate.internal;

import org.jspecify.annotations.NullMarked;
