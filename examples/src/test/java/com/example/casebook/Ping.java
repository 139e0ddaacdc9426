package com.example.casebook;

import dev.socketlab.load.Conversation;
import java.nio.ByteBuffer;

/** One line, and the same back. */
final class Ping implements Conversation {
  private static final byte[] LINE = "ping\n".getBytes();

  Ping(long session) {}

  @Override
  public void writeRequest(ByteBuffer out) {
    out.put(LINE);
  }

  @Override
  public boolean readReplies(ByteBuffer in) {
    if (in.remaining() < LINE.length) {
      return false;
    }
    in.position(in.position() + LINE.length);
    return true;
  }
}
