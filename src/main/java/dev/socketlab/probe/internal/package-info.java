/** What probes share when they read a text. Not for users. */
@NullMarked
package dev.socketlab.probe.internal;

import org.jspecify.annotations.NullMarked;
