/**
 * The command lines of the QSL system: arguments in, options records out, exit codes back. No
 * behaviour of its own.
 */
@NullMarked
package dev.socketlab.qsl.app;

import org.jspecify.annotations.NullMarked;
