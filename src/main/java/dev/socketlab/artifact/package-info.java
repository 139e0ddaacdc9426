/**
 * The artifact that an experiment leaves: its content, its provenance, its text and JSON forms and
 * their atomic publication. Nothing here runs an experiment, knows JUnit or judges a measurement.
 */
@NullMarked
package dev.socketlab.artifact;

import org.jspecify.annotations.NullMarked;
