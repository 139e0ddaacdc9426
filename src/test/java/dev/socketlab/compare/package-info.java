/** Tests of comparisons. */
@NullMarked
package dev.socketlab.compare;

import org.jspecify.annotations.NullMarked;
