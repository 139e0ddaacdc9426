package dev.socketlab.experiments.profile;

import dev.socketlab.probe.ProcessUsageDelta;

/**
 * One observation without tracer: what the gateway used for a number of round trips.
 *
 * @param transport the gateway's transport
 * @param state how warm the JVM was
 * @param roundTrips how many were completed
 * @param used what the process and its threads used
 */
record Usage(String transport, State state, long roundTrips, ProcessUsageDelta used) {

  /** How warm the JVM is. */
  enum State {
    /** Fresh: the load is its first. */
    COLD("cold"),
    /** After a warm-up load. */
    WARM("warm");

    private final String label;

    State(String label) {
      this.label = label;
    }

    @Override
    public String toString() {
      return label;
    }
  }

  double voluntarySwitchesPerRoundTrip() {
    return (double) used.voluntarySwitches() / roundTrips;
  }
}
