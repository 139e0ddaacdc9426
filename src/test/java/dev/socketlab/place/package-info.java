/** Tests of the package. */
@NullMarked
package dev.socketlab.place;

import org.jspecify.annotations.NullMarked;
