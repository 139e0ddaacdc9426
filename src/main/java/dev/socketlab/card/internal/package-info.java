/** How the laws of the Socket Report Card are tried. */
@NullMarked
package dev.socketlab.card.internal;

import org.jspecify.annotations.NullMarked;
