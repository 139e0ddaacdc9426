/**
 * Where a subject runs: a forked JVM or a command, on the host's network or in a private one; its
 * readiness, its end, and the certainty that nothing of it survives. What a subject did is the
 * business of the probes.
 */
@NullMarked
package dev.socketlab.place;

import org.jspecify.annotations.NullMarked;
