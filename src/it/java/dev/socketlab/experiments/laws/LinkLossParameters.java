package dev.socketlab.experiments.laws;

import dev.socketlab.experiment.Parameter;
import java.util.List;

/** What can be tuned in the experiment about a lossy link. */
interface LinkLossParameters {

  /** Datagrams in a burst. */
  Parameter<Integer> DATAGRAMS =
      Parameter.integer("socketlab.link-loss.datagrams", 200, 1, 200)
          .unit("datagrams")
          .doc("length of a burst; a default receive buffer holds it whole");

  /** Levels of the second factor. */
  Parameter<List<Integer>> DROP_EVERY =
      Parameter.integers("socketlab.link-loss.drop-every", List.of(2, 3, 10, 50), 2, 1_000)
          .unit("datagrams")
          .doc("each n-th datagram is dropped on the link");

  /** The number of trials. */
  Parameter<Integer> TRIALS =
      Parameter.integer("socketlab.link-loss.trials", 2, 1, 1_000)
          .unit("trials")
          .doc("trials of each level");
}
