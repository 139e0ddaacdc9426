package dev.socketlab.load;

/**
 * Makes the conversation of each session.
 *
 * {@snippet :
 * Conversations conversations = session -> new OrderConversation(1 + session * ordersPerSession);
 * }
 */
@FunctionalInterface
public interface Conversations {
  /**
   * Make the conversation of a session.
   *
   * @param session number of the session, from 0
   * @return a conversation, or the same one as before if it can start again
   */
  Conversation open(long session);
}
