/**
 * Load drivers: conversations with a server over TCP, in a closed loop on the calling thread, each
 * bounded in time, with every reply checked by the conversation. Nothing here knows any protocol.
 */
@NullMarked
package dev.socketlab.load;

import org.jspecify.annotations.NullMarked;
