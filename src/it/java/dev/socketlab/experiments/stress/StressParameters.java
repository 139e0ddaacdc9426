package dev.socketlab.experiments.stress;

import dev.socketlab.experiment.Parameter;

/** What can be tuned in {@code socket-stress}. */
interface StressParameters {

  /** The flow's seed. */
  Parameter<Long> SEED =
      Parameter.longInteger("socketlab.stress.seed", 42, 0, Long.MAX_VALUE)
          .environment("QSL_STRESS_SEED")
          .doc("seed of the synthetic order flow");

  /** The flow's length. */
  Parameter<Integer> ORDERS =
      Parameter.integer("socketlab.stress.orders", 20_000, 1, 10_000_000)
          .environment("QSL_STRESS_ORDERS")
          .unit("orders")
          .doc("length of the flow; 20000 orders make 14820 datagrams");

  /** The number of trials. */
  Parameter<Integer> TRIALS =
      Parameter.integer("socketlab.stress.trials", 4, 1, 1_000)
          .environment("QSL_STRESS_TRIALS")
          .unit("trials")
          .doc("trials of each buffer in each mode");

  /** The small buffer. */
  Parameter<Integer> SMALL_BUFFER =
      Parameter.integer("socketlab.stress.small-buffer", 2_048, 1, Integer.MAX_VALUE)
          .environment("QSL_STRESS_SMALL_BUF")
          .unit("bytes")
          .doc("SO_RCVBUF asked for at the level small");

  /** The large buffer. */
  Parameter<Integer> LARGE_BUFFER =
      Parameter.integer("socketlab.stress.large-buffer", 8_388_608, 1, Integer.MAX_VALUE)
          .environment("QSL_STRESS_LARGE_BUF")
          .unit("bytes")
          .doc("SO_RCVBUF asked for at the level large");
}
