package dev.socketlab.experiments.load;

import dev.socketlab.experiment.Parameter;

/** What can be tuned in {@code socket-load} and {@code socket-load-large}. */
interface LoadParameters {

  /** The number of trials. */
  Parameter<Integer> TRIALS =
      Parameter.integer("socketlab.load.trials", 3, 1, 1_000)
          .environment("QSL_LOAD_TRIALS")
          .unit("trials")
          .doc("trials of each transport with each number of clients");

  /** The ports. */
  Parameter<Integer> PORT =
      Parameter.integer("socketlab.load.port", 0, 0, 65_535)
          .environment("QSL_LOAD_PORT")
          .doc("port of the first trial, each later one takes the next; 0 takes free ones");

  /** Whether a partial run may be published. */
  Parameter<Boolean> ALLOW_PARTIAL =
      Parameter.flag("socketlab.load.allow-partial", false)
          .environment("QSL_LOAD_ALLOW_PARTIAL")
          .doc("publish although sessions were not completed, and mark their cells PARTIAL");

  /** The sustained load. */
  Parameter<Integer> SESSIONS =
      Parameter.integer("socketlab.load.sessions", 300, 1, 1_000_000)
          .unit("sessions")
          .doc("sessions measured in the sustained load; half as many warm the gateway up before");

  /** The pace of the open loop. */
  Parameter<Integer> RATE =
      Parameter.integer("socketlab.load.rate", 1_000, 4, 100_000)
          .unit("sessions/s")
          .doc("rate of the open loop: a quarter of a second, after a warm-up of as long");

  /** The order of the cells. */
  Parameter<Long> SEED =
      Parameter.longInteger("socketlab.load.seed", 42, 0, Long.MAX_VALUE)
          .doc("seed of the order in which the cells are taken");
}
