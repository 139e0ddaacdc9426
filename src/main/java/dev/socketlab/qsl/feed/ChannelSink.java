package dev.socketlab.qsl.feed;

import java.io.IOException;
import java.net.PortUnreachableException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.DatagramChannel;

/**
 * Sends over a connected, blocking channel and counts what the kernel did not take. Unconnected,
 * nothing would be refused, but each datagram would cost a look-up of its route.
 */
final class ChannelSink implements DatagramSink {
  /** One is enough unless the answer to an earlier datagram comes between two attempts. */
  private static final int MOST_REFUSALS = 10;

  private final DatagramChannel channel;
  private long failures;

  ChannelSink(DatagramChannel channel) {
    this.channel = channel;
  }

  @Override
  public boolean send(ByteBuffer datagram) {
    try {
      for (int refusals = 0; refusals <= MOST_REFUSALS; refusals++) {
        if (isSent(datagram)) {
          return true;
        }
      }
    } catch (ClosedChannelException e) {
      throw new IllegalStateException("the channel was closed during the burst", e);
    } catch (IOException e) {
      // For instance ENOBUFS or EMSGSIZE.
    }
    failures++;
    return false;
  }

  /** Send, unless the kernel reports first that nobody was bound when an earlier one arrived. */
  private boolean isSent(ByteBuffer datagram) throws IOException {
    try {
      channel.write(datagram);
      return !datagram.hasRemaining();
    } catch (PortUnreachableException e) {
      return false;
    }
  }

  long failures() {
    return failures;
  }
}
