/** Tests of reports. */
@NullMarked
package dev.socketlab.report;

import org.jspecify.annotations.NullMarked;
