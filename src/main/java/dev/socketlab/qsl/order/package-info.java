/**
 * The vocabulary that the protocol and the engine share: what an order can be and why one is
 * refused. No messages and no books.
 */
@NullMarked
package dev.socketlab.qsl.order;

import org.jspecify.annotations.NullMarked;
