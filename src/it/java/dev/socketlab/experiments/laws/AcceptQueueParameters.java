package dev.socketlab.experiments.laws;

import dev.socketlab.experiment.Parameter;
import java.util.List;

/** What can be tuned in the experiment about the accept queue. */
interface AcceptQueueParameters {

  /** Levels of the first factor. */
  Parameter<List<Integer>> BACKLOGS =
      Parameter.integers("socketlab.accept-queue.backlogs", List.of(1, 4, 16, 100), 1, 1_000)
          .unit("connections")
          .doc("backlogs that the listener asks for");

  /** The clamp of a backlog. */
  Parameter<Integer> SOMAXCONN =
      Parameter.integer("socketlab.accept-queue.somaxconn", 64, 1, 4_096)
          .unit("connections")
          .doc("net.core.somaxconn in the private network, which clamps a backlog");

  /** Connections that find the queue full. */
  Parameter<Integer> SURPLUS =
      Parameter.integer("socketlab.accept-queue.surplus", 5, 1, 100)
          .unit("connections")
          .doc("connections attempted beyond what the queue holds");

  /** The number of trials. */
  Parameter<Integer> TRIALS =
      Parameter.integer("socketlab.accept-queue.trials", 2, 1, 1_000)
          .unit("trials")
          .doc("trials of each level");
}
