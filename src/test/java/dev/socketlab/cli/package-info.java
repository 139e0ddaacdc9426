/** Tests of the command line. */
@NullMarked
package dev.socketlab.cli;

import org.jspecify.annotations.NullMarked;
