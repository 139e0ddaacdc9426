package dev.socketlab.qsl.feed;

import dev.socketlab.qsl.protocol.DecodeResult;
import dev.socketlab.qsl.protocol.FrameDecoder;
import dev.socketlab.qsl.protocol.MessageHandler;
import dev.socketlab.qsl.protocol.MessageType;
import java.nio.ByteBuffer;

/** Tracks the sequences of market data and counts every other datagram as malformed. */
final class DatagramCounter implements MessageHandler {
  private final SequenceTracker tracker = new SequenceTracker();
  private long malformed;

  void count(ByteBuffer datagram) {
    if (FrameDecoder.decodeDatagram(datagram, this) != DecodeResult.DECODED) {
      malformed++;
    }
  }

  @Override
  public void onMdTrade(long sequence, int symbol, long price, long quantity) {
    observe(sequence);
  }

  @Override
  public void onMdTopOfBook(
      long sequence, int symbol, boolean bidPresent, long bid, boolean askPresent, long ask) {
    observe(sequence);
  }

  @Override
  public void onOther(MessageType type, long sequence) {
    malformed++;
  }

  private void observe(long sequence) {
    if (sequence < 1) {
      malformed++;
    } else {
      tracker.observe(sequence);
    }
  }

  SequenceTracker tracker() {
    return tracker;
  }

  long malformed() {
    return malformed;
  }
}
