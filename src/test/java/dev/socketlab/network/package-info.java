/** Tests of the package. */
@NullMarked
package dev.socketlab.network;

import org.jspecify.annotations.NullMarked;
