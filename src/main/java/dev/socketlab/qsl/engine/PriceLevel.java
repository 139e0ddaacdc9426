package dev.socketlab.qsl.engine;

import org.jspecify.annotations.Nullable;

/** The orders of one side at one price, oldest first. */
final class PriceLevel {
  /** Rank of the price: the higher, the better for the other side; see {@link BookSide#rank}. */
  long rank;

  @Nullable Order oldest;
  @Nullable Order youngest;

  void append(Order order) {
    Order last = youngest;
    order.level = this;
    order.previous = last;
    order.next = null;
    if (last == null) {
      oldest = order;
    } else {
      last.next = order;
    }
    youngest = order;
  }

  void unlink(Order order) {
    Order before = order.previous;
    Order after = order.next;
    if (before == null) {
      oldest = after;
    } else {
      before.next = after;
    }
    if (after == null) {
      youngest = before;
    } else {
      after.previous = before;
    }
    order.level = null;
    order.previous = null;
    order.next = null;
  }

  boolean isEmpty() {
    return oldest == null;
  }
}
