package dev.socketlab.qsl.feed;

/** The 64-bit Mersenne Twister that C++ calls {@code mt19937_64}: same seed, same numbers. */
final class MersenneTwister64 {
  private static final int STATE_WORDS = 312;
  private static final int MIDDLE = 156;
  private static final long TWIST = 0xB5026F5AA96619E9L;
  private static final long UPPER_BITS = 0xFFFFFFFF80000000L;
  private static final long LOWER_BITS = 0x7FFFFFFFL;

  private final long[] state = new long[STATE_WORDS];
  private int position = STATE_WORDS;

  MersenneTwister64(long seed) {
    state[0] = seed;
    for (int i = 1; i < STATE_WORDS; i++) {
      long previous = state[i - 1];
      state[i] = 6364136223846793005L * (previous ^ (previous >>> 62)) + i;
    }
  }

  /** Return the next output, an unsigned 64-bit number. */
  long next() {
    if (position == STATE_WORDS) {
      twist();
    }
    long word = state[position++];
    word ^= (word >>> 29) & 0x5555555555555555L;
    word ^= (word << 17) & 0x71D67FFFEDA60000L;
    word ^= (word << 37) & 0xFFF7EEE000000000L;
    return word ^ (word >>> 43);
  }

  /** Return the next output modulo {@code bound}: 0 to bound − 1. */
  int next(int bound) {
    return (int) Long.remainderUnsigned(next(), bound);
  }

  private void twist() {
    for (int i = 0; i < STATE_WORDS; i++) {
      long mixed = (state[i] & UPPER_BITS) | (state[(i + 1) % STATE_WORDS] & LOWER_BITS);
      long twisted = (mixed >>> 1) ^ ((mixed & 1) == 0 ? 0 : TWIST);
      state[i] = state[(i + MIDDLE) % STATE_WORDS] ^ twisted;
    }
    position = 0;
  }
}
