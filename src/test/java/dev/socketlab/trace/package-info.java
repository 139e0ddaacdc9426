/** Tests of what counts system calls: pure parts here, tracers on a real kernel in src/it. */
@NullMarked
package dev.socketlab.trace;

import org.jspecify.annotations.NullMarked;
