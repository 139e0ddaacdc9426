package dev.socketlab.load;

import java.nio.ByteBuffer;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;

/**
 * The client's side of one session: what to say, and whether the answer is right. It has one or
 * more round trips, one after the other. For use by one thread.
 *
 * {@snippet :
 * final class Ping implements Conversation {
 *   @Override
 *   public void writeRequest(ByteBuffer out) {
 *     out.put((byte) 'p');
 *   }
 *
 *   @Override
 *   public boolean readReplies(ByteBuffer in) throws ViolationException {
 *     byte reply = in.get();
 *     if (reply != 'P') {
 *       throw new ViolationException("reply=" + reply + ", expected=" + (byte) 'P');
 *     }
 *     return true;
 *   }
 * }
 * }
 */
@API(status = Status.EXPERIMENTAL, since = "0.1")
public interface Conversation {
  /**
   * Append the next request; all of it goes out in one write if the socket takes it.
   *
   * @param out an empty buffer of {@link LoadPlan#bufferBytes()}
   */
  void writeRequest(ByteBuffer out);

  /**
   * Take what has arrived and judge it. Bytes that are left in the buffer come again with more
   * behind them.
   *
   * @param in from position to limit
   * @return whether the request is answered in full; bytes that are left then, or that follow, are
   *     a violation
   * @throws ViolationException if the server should not have said that
   */
  boolean readReplies(ByteBuffer in) throws ViolationException;

  /**
   * Makes the conversation of each session.
   *
   * {@snippet :
   * Conversation.Source conversations = session -> new OrderConversation(1 + session * ordersPerSession);
   * }
   */
  @FunctionalInterface
  public interface Source {
    /**
     * Make the conversation of a session.
     *
     * @param session number of the session, from 0
     * @return a conversation, or the same one as before if it can start again
     */
    Conversation open(long session);
  }
}
