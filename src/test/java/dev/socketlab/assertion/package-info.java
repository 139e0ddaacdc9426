/** Tests of the package. */
@NullMarked
package dev.socketlab.assertion;

import org.jspecify.annotations.NullMarked;
