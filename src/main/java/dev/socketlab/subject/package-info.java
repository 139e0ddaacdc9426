/**
 * The subject of an experiment: a forked JVM, a command or a container; its readiness, its end, and
 * the certainty that nothing of it survives. What a subject did is told by the {@link
 * dev.socketlab.probe probes}.
 */
@NullMarked
package dev.socketlab.subject;

import org.jspecify.annotations.NullMarked;
