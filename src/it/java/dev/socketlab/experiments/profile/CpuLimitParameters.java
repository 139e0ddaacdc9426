package dev.socketlab.experiments.profile;

import dev.socketlab.experiment.Parameter;

/** What can be tuned in {@code profile-io-container}. */
interface CpuLimitParameters {

  /** The load. */
  Parameter<Integer> ROUND_TRIPS =
      Parameter.integer("socketlab.profile-container.round-trips", 1_000, 10, 1_000_000)
          .unit("round trips")
          .doc("sequential round trips with a fresh JVM at each limit");

  /** The traced load. */
  Parameter<Integer> TRACED_ROUND_TRIPS =
      Parameter.integer("socketlab.profile-container.traced-round-trips", 200, 10, 1_000_000)
          .unit("round trips")
          .doc("the smaller traced load; the larger has twice as many");
}
