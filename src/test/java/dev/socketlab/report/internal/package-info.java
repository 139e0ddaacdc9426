/** Tests of reports. */
@NullMarked
package dev.socketlab.report.internal;

import org.jspecify.annotations.NullMarked;
