/** Tests of the package. */
@NullMarked
package dev.socketlab.gate;

import org.jspecify.annotations.NullMarked;
