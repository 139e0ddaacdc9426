/** How a thread gets a network of its own, and who may do that. Not for users. */
@NullMarked
package dev.socketlab.network.internal;

import org.jspecify.annotations.NullMarked;
