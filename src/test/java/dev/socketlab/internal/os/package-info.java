/** Tests of the package. */
@NullMarked
package dev.socketlab.internal.os;

import org.jspecify.annotations.NullMarked;
