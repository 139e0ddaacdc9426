/**
 * What differs between runs, and whether it is more than noise. Nothing here runs an experiment or
 * knows JUnit.
 */
@NullMarked
package dev.socketlab.compare;

import org.jspecify.annotations.NullMarked;
