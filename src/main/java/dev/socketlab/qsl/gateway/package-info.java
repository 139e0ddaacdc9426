/**
 * The order gateway: the session, which turns bytes into bytes, the transports, which carry them
 * over TCP connections on 127.0.0.1, and the client's side of a session. No command lines and no
 * matching rules.
 */
@NullMarked
package dev.socketlab.qsl.gateway;

import org.jspecify.annotations.NullMarked;
