package dev.socketlab.experiments.profile;

import dev.socketlab.experiments.GatewayThreads;
import dev.socketlab.probe.ProcessUsage;
import dev.socketlab.probe.ThreadRoles;
import dev.socketlab.probe.ThreadUsage;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;

/**
 * One observation without tracer: what the gateway used for a number of round trips.
 *
 * @param transport the gateway's transport
 * @param state how warm the JVM was
 * @param roundTrips how many the driver has completed
 * @param accepted how many connections the kernel has counted for it, in a private network
 * @param used what the process and its threads used
 * @param rested whether its serving threads came to rest when nobody asked any more
 */
record Usage(
    String transport,
    State state,
    long roundTrips,
    OptionalLong accepted,
    ProcessUsage.Delta used,
    boolean rested) {

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

  /** Voluntary switches of all threads but the JVM's own, as far as they are alive. */
  double servingSwitchesPerRoundTrip() {
    Map<ThreadRoles.Role, ThreadUsage.Group> byRole = used.threads().byRole(GatewayThreads.ROLES);
    long switches =
        GatewayThreads.SERVE.stream()
            .map(byRole::get)
            .filter(Objects::nonNull)
            .mapToLong(ThreadUsage.Group::voluntarySwitches)
            .sum();
    return (double) switches / roundTrips;
  }
}
