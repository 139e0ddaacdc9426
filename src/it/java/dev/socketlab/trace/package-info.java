/** Proof on a real kernel that tracers count what they say. */
@NullMarked
package dev.socketlab.trace;

import org.jspecify.annotations.NullMarked;
