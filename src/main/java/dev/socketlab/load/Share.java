package dev.socketlab.load;

/** One driver thread's part of what is counted for all of them together. */
record Share(int index, int threads) {

  long of(long total) {
    return total / threads + (index < total % threads ? 1 : 0);
  }
}
