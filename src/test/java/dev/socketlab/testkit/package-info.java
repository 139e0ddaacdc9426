/** Runs experiments inside tests, to see them pass, skip and fail. */
@NullMarked
package dev.socketlab.testkit;

import org.jspecify.annotations.NullMarked;
