/**
 * Matching: commands in, events out, one book per symbol. No sockets, threads, clocks, messages or
 * logging. Single-threaded: the caller serializes commands.
 */
@NullMarked
package dev.socketlab.qsl.engine;

import org.jspecify.annotations.NullMarked;
