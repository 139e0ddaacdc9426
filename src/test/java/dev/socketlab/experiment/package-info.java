/** Tests of the package. */
@NullMarked
package dev.socketlab.experiment;

import org.jspecify.annotations.NullMarked;
