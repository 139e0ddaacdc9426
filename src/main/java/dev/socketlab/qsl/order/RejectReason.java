package dev.socketlab.qsl.order;

import org.jspecify.annotations.Nullable;

/** Why a command was refused. */
public enum RejectReason {
  /** Not refused. */
  NONE(0),
  /** The symbol is not registered. */
  UNKNOWN_SYMBOL(1),
  /** The price of a limit order is zero or negative. */
  INVALID_PRICE(2),
  /** The quantity is zero. */
  INVALID_QUANTITY(3),
  /** The side is neither buy nor sell. */
  INVALID_SIDE(4),
  /** The quantity is larger than one order may have. */
  MAX_QUANTITY_EXCEEDED(5),
  /** Price times quantity of a limit order is larger than one order may have. */
  MAX_NOTIONAL_EXCEEDED(6),
  /** An order of this id rests in the symbol's book. */
  DUPLICATE_ORDER_ID(7),
  /** No order of this id rests in the symbol's book. */
  UNKNOWN_ORDER(8),
  /** The order would have to rest and there is no room for it. */
  STORAGE_EXHAUSTED(9);

  private static final RejectReason[] BY_CODE = values();

  private final int code;

  RejectReason(int code) {
    this.code = code;
  }

  /**
   * Return the wire code.
   *
   * @return 0 to 9
   */
  public int code() {
    return code;
  }

  /**
   * Find the reason of a wire code.
   *
   * @param code any value
   * @return the reason, or null for an unknown code
   */
  public static @Nullable RejectReason fromCode(int code) {
    return code >= 0 && code < BY_CODE.length ? BY_CODE[code] : null;
  }
}
