/**
 * Forms of an artifact for readers and other programs: HTML pages, SVG plots, CSV. All of them are
 * rendered from the JSON form alone, so that they hold the same figures.
 */
@NullMarked
package dev.socketlab.report.internal;

import org.jspecify.annotations.NullMarked;
