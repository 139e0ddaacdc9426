/** The experiments {@code socket-laws}: relations between counters that hold to the last one. */
@NullMarked
package dev.socketlab.experiments.laws;

import org.jspecify.annotations.NullMarked;
