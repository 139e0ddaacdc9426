/** The framework's command line: reports and comparisons of runs that were published before. */
@NullMarked
package dev.socketlab.cli;

import org.jspecify.annotations.NullMarked;
