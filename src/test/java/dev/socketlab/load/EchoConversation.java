package dev.socketlab.load;

import java.nio.ByteBuffer;

/** Says eight bytes and expects them back. */
final class EchoConversation implements Conversation {
  private final int repetitions;
  private long said;

  EchoConversation(long first) {
    this(first, 1);
  }

  EchoConversation(long first, int repetitions) {
    this.said = first << 32;
    this.repetitions = repetitions;
  }

  @Override
  public void writeRequest(ByteBuffer out) {
    said++;
    for (int i = 0; i < repetitions; i++) {
      out.putLong(said);
    }
  }

  @Override
  public boolean readReplies(ByteBuffer in) throws ViolationException {
    if (in.remaining() < Long.BYTES * repetitions) {
      return false;
    }
    for (int i = 0; i < repetitions; i++) {
      long heard = in.getLong();
      if (heard != said) {
        throw new ViolationException("heard=" + heard + ", expected=" + said);
      }
    }
    return true;
  }
}
