package dev.socketlab.qsl.gateway;

import dev.socketlab.load.Conversation;
import dev.socketlab.load.ViolationException;
import java.net.ProtocolException;
import java.nio.ByteBuffer;

/** An order dialogue as the load drivers want it. */
public final class OrderConversation implements Conversation {
  private final OrderDialogue dialogue;

  private OrderConversation(OrderDialogue dialogue) {
    this.dialogue = dialogue;
  }

  /**
   * Every session sends order 1.
   *
   * @return conversations
   */
  public static Conversation.Source ofTheSameOrder() {
    return session -> new OrderConversation(OrderDialogue.ofTheSameOrder());
  }

  /**
   * Every session sends orders of its own, which trade with those of others.
   *
   * @param roundTrips how many orders a session sends at most
   * @return conversations
   */
  public static Conversation.Source ofOwnOrders(long roundTrips) {
    return session -> new OrderConversation(OrderDialogue.ofOwnOrders(1 + session * roundTrips));
  }

  @Override
  public void writeRequest(ByteBuffer out) {
    dialogue.writeRequest(out);
  }

  @Override
  public boolean readReplies(ByteBuffer in) throws ViolationException {
    try {
      return dialogue.readReplies(in);
    } catch (ProtocolException e) {
      throw new ViolationException(String.valueOf(e.getMessage()));
    }
  }
}
