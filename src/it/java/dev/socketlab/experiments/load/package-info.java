/** {@code socket-load}: five transports of one gateway under concurrent connections. */
@NullMarked
package dev.socketlab.experiments.load;

import org.jspecify.annotations.NullMarked;
