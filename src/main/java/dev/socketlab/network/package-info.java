/**
 * Private networks: a namespace for an experiment, two hosts with a link between them, and faults
 * on that link.
 */
@NullMarked
package dev.socketlab.network;

import org.jspecify.annotations.NullMarked;
