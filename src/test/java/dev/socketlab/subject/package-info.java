/** Tests of the package. */
@NullMarked
package dev.socketlab.subject;

import org.jspecify.annotations.NullMarked;
