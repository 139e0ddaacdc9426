/** The Socket Report Card: laws that any server should keep to at the boundary to the kernel. */
@NullMarked
package dev.socketlab.card;

import org.jspecify.annotations.NullMarked;
