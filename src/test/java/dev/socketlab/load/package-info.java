/** Tests of the load drivers, against small servers in the same process. */
@NullMarked
package dev.socketlab.load;

import org.jspecify.annotations.NullMarked;
