package dev.socketlab.qsl.feed;

import java.nio.ByteBuffer;

/** Where market data goes, one datagram a call. */
public interface DatagramSink {
  /**
   * Send one datagram.
   *
   * @param datagram from position to limit; valid only during the call
   * @return false if it could not be sent
   */
  boolean send(ByteBuffer datagram);
}
