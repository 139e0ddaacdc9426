/** The complete example of docs/writing-experiments.md, run with every build. */
@NullMarked
package dev.socketlab.examples;

import org.jspecify.annotations.NullMarked;
