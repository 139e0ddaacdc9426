/**
 * Load drivers: conversations with a server over TCP, in a burst, a closed loop or an open loop,
 * each bounded in time, with every reply checked by the conversation. Nothing here knows any
 * protocol.
 */
@NullMarked
package dev.socketlab.load;

import org.jspecify.annotations.NullMarked;
