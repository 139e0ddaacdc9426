/**
 * What the kernel counted: sockets, protocol counters, devices, CPU and system calls, read from
 * procfs and from tracing tools, and the balanced books made of them. Nothing here starts a
 * subject, drives load, knows JUnit or writes an artifact; a probe that cannot read or parse throws
 * {@link dev.socketlab.probe.ProbeException}.
 */
@NullMarked
package dev.socketlab.probe;

import org.jspecify.annotations.NullMarked;
