package dev.socketlab.script;

import dev.socketlab.load.Conversation;
import dev.socketlab.load.ViolationException;
import java.nio.ByteBuffer;
import java.util.Arrays;

/** What a conversation says and hears on a scripted connection. */
final class Talk {
  private static final int LONGEST = 1 << 20;

  private Talk() {}

  static byte[] request(Conversation conversation) {
    ByteBuffer out = ByteBuffer.allocate(LONGEST);
    conversation.writeRequest(out);
    return Arrays.copyOf(out.array(), out.position());
  }

  static void readReply(ScriptedConnection connection, Conversation conversation) {
    ByteBuffer in = ByteBuffer.allocate(LONGEST);
    try {
      boolean whole = false;
      while (!whole) {
        if (connection.readSome(in) == Wire.ENDED) {
          throw new ScriptException("the reply is not whole, and " + connection);
        }
        whole = conversation.readReplies(in.flip());
        in.compact();
      }
    } catch (ViolationException violation) {
      throw new ScriptException("the reply is wrong: " + violation.getMessage(), violation);
    }
  }
}
