package dev.socketlab.qsl.engine;

import dev.socketlab.qsl.order.Side;
import org.jspecify.annotations.Nullable;

/** A resting order, or one that waits in the pool. It is a link of its level's queue. */
final class Order {
  long id;
  Side side = Side.BUY;
  long price;
  long quantity;
  @Nullable PriceLevel level;
  @Nullable Order previous;

  /** The next younger order of the level, or the next free one of the pool. */
  @Nullable Order next;
}
