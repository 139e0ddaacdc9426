/**
 * Counting a subject's system calls with a tracer: which tracers there are, whether this machine
 * lets them, how a measurement is led, and what comes out. Reading a tracer's output is the
 * business of the probes, starting a subject that of its builder.
 */
@NullMarked
package dev.socketlab.trace;

import org.jspecify.annotations.NullMarked;
