/**
 * The small trading system that socketlab's own experiments observe. Only its sub-packages hold
 * code; nothing here knows the experiment framework.
 */
@NullMarked
package dev.socketlab.qsl;

import org.jspecify.annotations.NullMarked;
