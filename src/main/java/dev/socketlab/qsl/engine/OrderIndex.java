package dev.socketlab.qsl.engine;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Resting orders of one book by id: an open-addressing table with linear probing, at most half
 * full. A removal moves later entries of the run back, so that there are no tombstones.
 */
final class OrderIndex {
  private static final int INITIAL_SLOTS = 256;
  private static final long SPREAD = 0x9E3779B97F4A7C15L;

  private @Nullable Order[] slots = new @Nullable Order[INITIAL_SLOTS];
  private int shift = shiftFor(INITIAL_SLOTS);
  private int size;

  @Nullable Order find(long id) {
    int slot = home(id);
    Order order = slots[slot];
    while (order != null && order.id != id) {
      slot = after(slot);
      order = slots[slot];
    }
    return order;
  }

  /** Add an order whose id is not in the index. */
  void add(Order order) {
    if (2 * (size + 1) > slots.length) {
      grow();
    }
    put(order);
    size++;
  }

  /** Remove an order that is in the index. */
  void remove(Order order) {
    int hole = home(order.id);
    while (slots[hole] != order) {
      hole = after(hole);
    }
    for (int slot = after(hole); slots[slot] != null; slot = after(slot)) {
      Order candidate = Objects.requireNonNull(slots[slot]);
      int distanceFromHome = (slot - home(candidate.id)) & (slots.length - 1);
      int distanceFromHole = (slot - hole) & (slots.length - 1);
      if (distanceFromHome >= distanceFromHole) {
        slots[hole] = candidate;
        hole = slot;
      }
    }
    slots[hole] = null;
    size--;
  }

  private void put(Order order) {
    int slot = home(order.id);
    while (slots[slot] != null) {
      slot = after(slot);
    }
    slots[slot] = order;
  }

  private void grow() {
    @Nullable Order[] old = slots;
    slots = new @Nullable Order[2 * old.length];
    shift = shiftFor(slots.length);
    for (Order order : old) {
      if (order != null) {
        put(order);
      }
    }
  }

  private int home(long id) {
    return (int) ((id * SPREAD) >>> shift);
  }

  private int after(int slot) {
    return (slot + 1) & (slots.length - 1);
  }

  private static int shiftFor(int slots) {
    return Long.numberOfLeadingZeros(slots) + 1;
  }
}
