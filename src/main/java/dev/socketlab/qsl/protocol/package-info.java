/**
 * The QSL wire protocol: frames into and out of byte buffers, for streams and datagrams alike. No
 * sockets, no sessions and no order handling.
 */
@NullMarked
package dev.socketlab.qsl.protocol;

import org.jspecify.annotations.NullMarked;
