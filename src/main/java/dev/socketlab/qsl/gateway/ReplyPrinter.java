package dev.socketlab.qsl.gateway;

import dev.socketlab.qsl.order.RejectReason;
import dev.socketlab.qsl.protocol.MessageHandler;
import dev.socketlab.qsl.protocol.MessageType;
import java.io.PrintStream;

/** Prints each message as a line of its name and fields. */
final class ReplyPrinter implements MessageHandler {
  private final PrintStream out;

  ReplyPrinter(PrintStream out) {
    this.out = out;
  }

  @Override
  public void onAck(long sequence, long orderId, long engineSequence) {
    out.println("  Ack order=" + text(orderId) + " seq=" + text(engineSequence));
  }

  @Override
  public void onReject(long sequence, long orderId, RejectReason reason) {
    out.println("  Reject order=" + text(orderId) + " reason=" + camelCase(reason.name()));
  }

  @Override
  public void onFill(
      long sequence, long takerId, long makerId, long price, long quantity, long engineSequence) {
    out.println(
        "  Fill taker="
            + text(takerId)
            + " maker="
            + text(makerId)
            + " price="
            + price
            + " quantity="
            + quantity
            + " seq="
            + text(engineSequence));
  }

  @Override
  public void onHeartbeatAck(long sequence, long token) {
    out.println("  HeartbeatAck token=" + text(token));
  }

  @Override
  public void onOther(MessageType type, long sequence) {
    out.println("  " + camelCase(type.name()));
  }

  private static String text(long unsigned) {
    return Long.toUnsignedString(unsigned);
  }

  /** Return the name as the protocol writes it: {@code DUPLICATE_ORDER_ID}, DuplicateOrderId. */
  private static String camelCase(String constant) {
    StringBuilder name = new StringBuilder(constant.length());
    boolean upper = true;
    for (int i = 0; i < constant.length(); i++) {
      char letter = constant.charAt(i);
      if (letter == '_') {
        upper = true;
      } else {
        name.append(upper ? letter : Character.toLowerCase(letter));
        upper = false;
      }
    }
    return name.toString();
  }
}
