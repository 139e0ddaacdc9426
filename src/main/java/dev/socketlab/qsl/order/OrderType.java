package dev.socketlab.qsl.order;

import org.jspecify.annotations.Nullable;

/** Whether an order has a price limit. */
public enum OrderType {
  /** Trades at its price or better; wire code 0. */
  LIMIT(0),
  /** Trades at any price and never rests; wire code 1. */
  MARKET(1);

  private final int code;

  OrderType(int code) {
    this.code = code;
  }

  /**
   * Return the wire code.
   *
   * @return 0 or 1
   */
  public int code() {
    return code;
  }

  /**
   * Find the order type of a wire code.
   *
   * @param code any value
   * @return the type, or null for an unknown code
   */
  public static @Nullable OrderType fromCode(int code) {
    return switch (code) {
      case 0 -> LIMIT;
      case 1 -> MARKET;
      default -> null;
    };
  }
}
