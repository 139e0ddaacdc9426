package dev.socketlab.qsl.feed;

import java.util.Arrays;

/**
 * The flow's list of submitted limit orders that still rest, in the order of their ids. Picking by
 * position and dropping from the middle take logarithmic time: a dropped order leaves a gap, and a
 * Fenwick tree counts the orders before each place. Gaps go when the places run out.
 */
final class ActiveOrders {
  private static final int INITIAL_PLACES = 1024;

  private Command[] submitted = new Command[INITIAL_PLACES];
  private boolean[] active = new boolean[INITIAL_PLACES];
  private int[] tree = new int[INITIAL_PLACES + 1];
  private int used;
  private int size;

  int size() {
    return size;
  }

  /** Append an order whose id is higher than all ids before. */
  void append(Command order) {
    if (used == submitted.length) {
      makeRoom();
    }
    submitted[used] = order;
    active[used] = true;
    add(used, 1);
    used++;
    size++;
  }

  /** Drop an order; nothing happens if it is not in the list. */
  void drop(long orderId) {
    int place = firstNotBelow(orderId);
    if (place < used && submitted[place].orderId() == orderId && active[place]) {
      active[place] = false;
      add(place, -1);
      size--;
    }
  }

  /** Return the order at a position, 0 to size − 1. */
  Command get(int position) {
    int place = 0;
    int remaining = position;
    for (int step = Integer.highestOneBit(submitted.length); step > 0; step >>= 1) {
      int next = place + step;
      if (next <= submitted.length && tree[next] <= remaining) {
        place = next;
        remaining -= tree[next];
      }
    }
    return submitted[place];
  }

  private void add(int place, int change) {
    for (int node = place + 1; node < tree.length; node += node & -node) {
      tree[node] += change;
    }
  }

  private int firstNotBelow(long orderId) {
    int low = 0;
    int high = used;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (submitted[middle].orderId() < orderId) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  /** Close the gaps, and double the places if they are more than half full even so. */
  private void makeRoom() {
    int kept = 0;
    for (int place = 0; place < used; place++) {
      if (active[place]) {
        submitted[kept++] = submitted[place];
      }
    }
    used = kept;
    if (2 * kept > submitted.length) {
      submitted = Arrays.copyOf(submitted, 2 * submitted.length);
    }
    active = new boolean[submitted.length];
    tree = new int[submitted.length + 1];
    for (int place = 0; place < kept; place++) {
      active[place] = true;
      add(place, 1);
    }
  }
}
