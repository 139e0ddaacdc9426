/**
 * Tests of the probes: parsers against verbatim captures of kernel files and tools, and a few
 * readings of the kernel that runs the tests. No subject, no root, no driver.
 */
@NullMarked
package dev.socketlab.probe;

import org.jspecify.annotations.NullMarked;
