package dev.socketlab.qsl.feed;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.DatagramChannel;

/** Sends over a connected, blocking channel and counts what the kernel did not take. */
final class ChannelSink implements DatagramSink {
  private final DatagramChannel channel;
  private long failures;

  ChannelSink(DatagramChannel channel) {
    this.channel = channel;
  }

  @Override
  public boolean send(ByteBuffer datagram) {
    int bytes = datagram.remaining();
    try {
      if (channel.write(datagram) == bytes) {
        return true;
      }
    } catch (ClosedChannelException e) {
      throw new IllegalStateException("the channel was closed during the burst", e);
    } catch (IOException e) {
      // For instance ECONNREFUSED: nobody listened when the datagram before was sent.
    }
    failures++;
    return false;
  }

  long failures() {
    return failures;
  }
}
