package dev.socketlab.qsl.feed;

/**
 * What to publish.
 *
 * @param port UDP port on 127.0.0.1, 1 to 65535
 * @param seed of the synthetic flow, any 64-bit value
 * @param orders how many commands of the flow to process, at least 0
 * @param datagramLimit the last sequence to publish, at least 0
 * @param waitForGo whether to get ready and then wait for a line {@code go}
 */
public record PublishOptions(
    int port, long seed, long orders, long datagramLimit, boolean waitForGo) {}
