/** Tests of scripts, whose two ends are both scripted, without any privilege. */
@NullMarked
package dev.socketlab.script;

import org.jspecify.annotations.NullMarked;
