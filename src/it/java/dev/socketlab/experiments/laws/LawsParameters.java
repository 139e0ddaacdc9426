package dev.socketlab.experiments.laws;

import dev.socketlab.experiment.Parameter;
import java.util.List;

/** What can be tuned in {@code socket-laws}. */
interface LawsParameters {

  /** Levels of the first factor. */
  Parameter<List<Integer>> BACKLOGS =
      Parameter.integers("socketlab.laws.backlogs", List.of(1, 4, 16, 100), 1, 1_000)
          .unit("connections")
          .doc("backlogs that the listener asks for");

  /** Datagrams in a burst. */
  Parameter<Integer> DATAGRAMS =
      Parameter.integer("socketlab.laws.datagrams", 200, 1, 200)
          .unit("datagrams")
          .doc("length of a burst; a default receive buffer holds it whole");

  /** Levels of the second factor. */
  Parameter<List<Integer>> DROP_EVERY =
      Parameter.integers("socketlab.laws.drop-every", List.of(2, 3, 10, 50), 2, 1_000)
          .unit("datagrams")
          .doc("each n-th datagram is dropped on the link");

  /** The clamp of a backlog. */
  Parameter<Integer> SOMAXCONN =
      Parameter.integer("socketlab.laws.somaxconn", 64, 1, 4_096)
          .unit("connections")
          .doc("net.core.somaxconn in the private network, which clamps a backlog");

  /** Connections that find the queue full. */
  Parameter<Integer> SURPLUS =
      Parameter.integer("socketlab.laws.surplus", 5, 1, 100)
          .unit("connections")
          .doc("connections attempted beyond what the queue holds");

  /** The number of trials. */
  Parameter<Integer> TRIALS =
      Parameter.integer("socketlab.laws.trials", 2, 1, 1_000)
          .unit("trials")
          .doc("trials of each level");
}
