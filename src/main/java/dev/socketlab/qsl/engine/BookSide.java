package dev.socketlab.qsl.engine;

import dev.socketlab.qsl.order.Side;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The resting orders of one side of a book. Levels lie in an array with ascending rank, the best
 * one last, where most insertions and removals happen. Emptied levels wait behind the used part of
 * the array to be used again.
 */
final class BookSide {
  private static final int INITIAL_LEVELS = 64;

  /** All bits for asks, none for bids: flips the order of prices without overflow. */
  private final long flip;

  private PriceLevel[] levels = new PriceLevel[INITIAL_LEVELS];
  private int count;

  BookSide(Side side) {
    this.flip = side == Side.BUY ? 0 : -1;
    fill(0);
  }

  /** Return how good a price of this side is for the other side: higher is better. */
  long rank(long price) {
    return price ^ flip;
  }

  @Nullable PriceLevel best() {
    return count == 0 ? null : levels[count - 1];
  }

  /** Return the level {@code depth} places behind the best one. */
  @Nullable PriceLevel atDepth(int depth) {
    return depth < count ? levels[count - 1 - depth] : null;
  }

  /** Return the price of the best level, or 0 if the side is empty. */
  long bestPrice() {
    return count == 0 ? 0 : levels[count - 1].rank ^ flip;
  }

  boolean isEmpty() {
    return count == 0;
  }

  /** Return whether an order of the other side with this limit rank would trade. */
  boolean crosses(long limitRank) {
    return count > 0 && levels[count - 1].rank >= limitRank;
  }

  void add(Order order) {
    long rank = rank(order.price);
    int position = firstNotBelow(rank);
    if (position == count || levels[position].rank != rank) {
      insertLevel(position, rank);
    }
    levels[position].append(order);
  }

  void remove(Order order) {
    PriceLevel level = Objects.requireNonNull(order.level);
    level.unlink(order);
    if (level.isEmpty()) {
      removeLevel(firstNotBelow(level.rank));
    }
  }

  private void insertLevel(int position, long rank) {
    if (count == levels.length) {
      levels = Arrays.copyOf(levels, 2 * count);
      fill(count);
    }
    PriceLevel unused = levels[count];
    System.arraycopy(levels, position, levels, position + 1, count - position);
    unused.rank = rank;
    levels[position] = unused;
    count++;
  }

  private void removeLevel(int position) {
    PriceLevel emptied = levels[position];
    count--;
    System.arraycopy(levels, position + 1, levels, position, count - position);
    levels[count] = emptied;
  }

  private void fill(int from) {
    for (int i = from; i < levels.length; i++) {
      levels[i] = new PriceLevel();
    }
  }

  /** Return the position of the first level whose rank is this or higher. */
  private int firstNotBelow(long rank) {
    int low = 0;
    int high = count;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (levels[middle].rank < rank) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }
}
