/** The project's own experiments, one package for each tag, and the suites that run them. */
@NullMarked
package dev.socketlab.experiments;

import org.jspecify.annotations.NullMarked;
