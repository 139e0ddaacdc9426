/** What starts and ends subjects, and other rooms need. Not for users. */
@NullMarked
package dev.socketlab.subject.internal;

import org.jspecify.annotations.NullMarked;
