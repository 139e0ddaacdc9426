package dev.socketlab.load;

/** When each start of an open loop is due: at a fixed rate, so that no delay moves a later one. */
record Pace(long originNs, double perSecond) {
  // Time for the driver threads to start, so that the first starts are not late.
  private static final long LEAD_NS = 1_000_000;

  static Pace fromNow(double perSecond) {
    return new Pace(System.nanoTime() + LEAD_NS, perSecond);
  }

  long intendedNs(long index) {
    return originNs + Math.round(index * (1e9 / perSecond));
  }
}
