/** The experiment {@code socket-stress}: what a UDP receive buffer holds, and what it loses. */
@NullMarked
package dev.socketlab.experiments.stress;

import org.jspecify.annotations.NullMarked;
