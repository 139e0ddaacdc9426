/** How a measurement is led, and how the tracers' output is read. Not for users. */
@NullMarked
package dev.socketlab.trace.internal;

import org.jspecify.annotations.NullMarked;
