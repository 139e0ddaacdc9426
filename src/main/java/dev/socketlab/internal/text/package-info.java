/** Text for human readers: columns and wrapped sentences. No user builds on this package. */
@NullMarked
package dev.socketlab.internal.text;

import org.jspecify.annotations.NullMarked;
