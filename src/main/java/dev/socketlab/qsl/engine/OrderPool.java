package dev.socketlab.qsl.engine;

import org.jspecify.annotations.Nullable;

/**
 * The bounded storage of resting orders, shared by all books. Orders are made when first needed and
 * used again ever after.
 */
final class OrderPool {
  private final int capacity;
  private int made;
  private @Nullable Order free;

  OrderPool(int capacity) {
    this.capacity = capacity;
  }

  boolean isExhausted() {
    return free == null && made == capacity;
  }

  /** Take an order out; the caller has seen that the pool is not exhausted. */
  Order acquire() {
    Order order = free;
    if (order == null) {
      made++;
      return new Order();
    }
    free = order.next;
    order.next = null;
    return order;
  }

  void release(Order order) {
    order.next = free;
    free = order;
  }
}
