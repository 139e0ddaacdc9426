/** Tests of the project as a whole: its architecture and its documentation. */
@NullMarked
package dev.socketlab;

import org.jspecify.annotations.NullMarked;
