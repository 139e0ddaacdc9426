/**
 * What the kernel counted: sockets, protocol counters, devices, processes and their CPU. Nothing
 * here starts a subject, drives load, knows JUnit or writes an artifact; a probe that cannot read
 * or parse throws {@link dev.socketlab.probe.ProbeException}.
 */
@NullMarked
package dev.socketlab.probe;

import org.jspecify.annotations.NullMarked;
