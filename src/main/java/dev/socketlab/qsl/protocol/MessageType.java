package dev.socketlab.qsl.protocol;

import org.jspecify.annotations.Nullable;

/** The nine messages, each with one fixed body length. */
public enum MessageType {
  /** A client's new order. */
  NEW_ORDER(1, 27),
  /** A client's request to remove a resting order. */
  CANCEL_ORDER(2, 12),
  /** Market data: one trade. */
  MD_TRADE(3, 16),
  /** Market data: the best bid and ask of a symbol. */
  MD_TOP_OF_BOOK(4, 22),
  /** A client's sign of life. */
  HEARTBEAT(5, 8),
  /** The reply to a heartbeat. */
  HEARTBEAT_ACK(6, 8),
  /** The reply to an accepted order or cancel. */
  ACK(7, 16),
  /** The reply to a refused order or cancel. */
  REJECT(8, 9),
  /** The reply that reports one trade of an accepted order. */
  FILL(9, 36);

  private static final MessageType[] BY_CODE = values();

  private final int code;
  private final int bodyBytes;

  MessageType(int code, int bodyBytes) {
    this.code = code;
    this.bodyBytes = bodyBytes;
  }

  /**
   * Return the wire code.
   *
   * @return 1 to 9
   */
  public int code() {
    return code;
  }

  /**
   * Return the body length.
   *
   * @return bytes without the header
   */
  public int bodyBytes() {
    return bodyBytes;
  }

  /**
   * Return the length of the whole frame.
   *
   * @return bytes including the header
   */
  public int frameBytes() {
    return Frame.HEADER_BYTES + bodyBytes;
  }

  /**
   * Find the type of a wire code.
   *
   * @param code any value
   * @return the type, or null for an unknown code
   */
  public static @Nullable MessageType fromCode(int code) {
    return code >= 1 && code <= BY_CODE.length ? BY_CODE[code - 1] : null;
  }
}
