/**
 * Scripts: what a test itself does on one end of connections, verb by verb, towards a subject that
 * is a server or a client; and the endings of connections, after which a subject must be as before.
 * Every verb is bounded in time. Nothing here knows any protocol.
 */
@NullMarked
package dev.socketlab.script;

import org.jspecify.annotations.NullMarked;
