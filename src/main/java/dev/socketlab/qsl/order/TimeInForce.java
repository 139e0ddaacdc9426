package dev.socketlab.qsl.order;

import org.jspecify.annotations.Nullable;

/** What happens to the quantity that does not trade at once. */
public enum TimeInForce {
  /** Good till cancelled: the remainder of a limit order rests; wire code 0. */
  GTC(0),
  /** Immediate or cancel: the remainder is discarded; wire code 1. */
  IOC(1);

  private final int code;

  TimeInForce(int code) {
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
   * Find the time in force of a wire code.
   *
   * @param code any value
   * @return the time in force, or null for an unknown code
   */
  public static @Nullable TimeInForce fromCode(int code) {
    return switch (code) {
      case 0 -> GTC;
      case 1 -> IOC;
      default -> null;
    };
  }
}
