/** How runs are compared, and shown side by side. Not for users. */
@NullMarked
package dev.socketlab.compare.internal;

import org.jspecify.annotations.NullMarked;
