package dev.socketlab.qsl.feed;

/**
 * How to subscribe.
 *
 * @param port UDP port on 127.0.0.1, 0 to 65535; 0 takes a free one
 * @param count end after this many datagrams, at least 0; 0 sets no such end
 * @param receiveBufferBytes the SO_RCVBUF to ask for, at least 0; 0 leaves the default alone
 * @param controlled whether to obey lines on standard input, from holding back to the end
 */
public record SubscribeOptions(int port, long count, int receiveBufferBytes, boolean controlled) {}
