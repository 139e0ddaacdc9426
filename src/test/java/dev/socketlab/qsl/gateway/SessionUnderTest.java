package dev.socketlab.qsl.gateway;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Random;

/** A session with a transport that a test controls: it sends when and as much as it is told. */
final class SessionUnderTest {
  final Session session;
  private final ByteArrayOutputStream sent = new ByteArrayOutputStream();

  SessionUnderTest(Exchange exchange) {
    session = new Session(exchange);
  }

  /** Give it bytes, and send nothing. */
  SessionUnderTest receive(byte[] bytes) {
    session.receive(ByteBuffer.wrap(bytes));
    return this;
  }

  /** Give it bytes in pieces of random length, and send a random part of the replies after each. */
  SessionUnderTest receiveInPieces(byte[] bytes, Random random, int longest) {
    ByteBuffer in = ByteBuffer.allocateDirect(Math.max(1, bytes.length));
    int start = 0;
    while (start < bytes.length) {
      if (!session.wantsInput() && session.state() == Session.State.OPEN) {
        sendAtMost(1 + random.nextInt(1 << 20));
        continue;
      }
      int length = Math.min(bytes.length - start, 1 + random.nextInt(longest));
      session.receive(in.clear().put(bytes, start, length).flip());
      start += length;
      sendAtMost(random.nextInt(200));
    }
    return this;
  }

  /** Send as a transport does, but stop after so many bytes. */
  SessionUnderTest sendAtMost(int bytes) {
    int left = bytes;
    while (left > 0 && session.hasReplies()) {
      ByteBuffer replies = session.replies();
      byte[] part = new byte[Math.min(left, replies.remaining())];
      replies.get(part);
      sent.writeBytes(part);
      left -= part.length;
      session.resume();
    }
    return this;
  }

  byte[] sent() {
    sendAtMost(Integer.MAX_VALUE);
    return sent.toByteArray();
  }

  List<String> replies() {
    return ReplyText.of(sent());
  }
}
