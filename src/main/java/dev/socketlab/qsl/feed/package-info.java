/**
 * Market data over UDP: the deterministic order flow, its publisher, and a subscriber that counts
 * what it misses. No command lines and no matching rules.
 */
@NullMarked
package dev.socketlab.qsl.feed;

import org.jspecify.annotations.NullMarked;
