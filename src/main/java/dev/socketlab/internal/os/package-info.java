/**
 * How the framework talks to the operating system: the one way to run a command that tells
 * something, the one way to read a file of the kernel, and how long to wait on a machine as slow as
 * this one. No user builds on this package; it depends on nothing here.
 */
@NullMarked
package dev.socketlab.internal.os;

import org.jspecify.annotations.NullMarked;
