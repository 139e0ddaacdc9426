/**
 * How the machine and the sources are captured, and how an artifact is published. Not for users.
 */
@NullMarked
package dev.socketlab.artifact.internal;

import org.jspecify.annotations.NullMarked;
