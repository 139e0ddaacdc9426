package dev.socketlab.qsl.order;

import org.jspecify.annotations.Nullable;

/** Which side of the book an order belongs to. */
public enum Side {
  /** Buys; wire code 0. */
  BUY(0),
  /** Sells; wire code 1. */
  SELL(1);

  private final int code;

  Side(int code) {
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
   * Return the side that this one trades with.
   *
   * @return the other side
   */
  public Side opposite() {
    return this == BUY ? SELL : BUY;
  }

  /**
   * Find the side of a wire code.
   *
   * @param code any value
   * @return the side, or null for an unknown code
   */
  public static @Nullable Side fromCode(int code) {
    return switch (code) {
      case 0 -> BUY;
      case 1 -> SELL;
      default -> null;
    };
  }
}
