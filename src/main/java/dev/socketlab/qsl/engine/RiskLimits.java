package dev.socketlab.qsl.engine;

import dev.socketlab.qsl.order.OrderType;
import dev.socketlab.qsl.order.RejectReason;
import dev.socketlab.qsl.order.Side;
import org.jspecify.annotations.Nullable;

/**
 * The checks of a single order that need no book.
 *
 * @param maxQuantity the largest quantity of an order in units, at least 1
 * @param maxNotional the largest price × quantity of a limit order, at least 1
 */
public record RiskLimits(long maxQuantity, long maxNotional) {
  /** The limits of the QSL system: 1,000,000 units and a notional of 1,000,000,000. */
  public static final RiskLimits DEFAULT = new RiskLimits(1_000_000, 1_000_000_000);

  /**
   * Check the limits themselves.
   *
   * @throws IllegalArgumentException if a limit is below 1
   */
  public RiskLimits {
    if (maxQuantity < 1 || maxNotional < 1) {
      throw new IllegalArgumentException(
          "out of range: maxQuantity="
              + maxQuantity
              + ", maxNotional="
              + maxNotional
              + ", allowed=1 or more");
    }
  }

  /**
   * Check an order: side, price, quantity, largest quantity, largest notional, in this order.
   *
   * @param side null if the sender's side was neither buy nor sell
   * @param type limit or market; a market order has neither price nor notional
   * @param price ticks
   * @param quantity units
   * @return the first check that fails, or {@link RejectReason#NONE}
   */
  public RejectReason check(@Nullable Side side, OrderType type, long price, long quantity) {
    if (side == null) {
      return RejectReason.INVALID_SIDE;
    }
    boolean limit = type == OrderType.LIMIT;
    if (limit && price <= 0) {
      return RejectReason.INVALID_PRICE;
    }
    if (quantity <= 0) {
      return RejectReason.INVALID_QUANTITY;
    }
    if (quantity > maxQuantity) {
      return RejectReason.MAX_QUANTITY_EXCEEDED;
    }
    // price * quantity > maxNotional without the product, which may overflow
    if (limit && price > maxNotional / quantity) {
      return RejectReason.MAX_NOTIONAL_EXCEEDED;
    }
    return RejectReason.NONE;
  }
}
