/**
 * Counting a subject's system calls with a tracer: which tracers there are, whether this machine
 * lets them, how a measurement is led, how a tracer's output is read, and what comes out.
 */
@NullMarked
package dev.socketlab.trace;

import org.jspecify.annotations.NullMarked;
