package dev.socketlab.experiments.load;

import dev.socketlab.experiment.Experiment;
import dev.socketlab.experiment.Lab;
import dev.socketlab.experiment.Parameter;
import dev.socketlab.experiment.PrivateNetwork;
import dev.socketlab.gate.RequiresLinux;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;

/** The same gateway and loads with thousands of connections at the same time. */
@Tag("socket-load-large")
@Experiment(
    title = "The order gateway: transports under thousands of connections",
    artifact = "socket_load_large",
    shows = {
      "That each transport serves thousands of connections that are idle first and active then, and"
          + " that the kernel has dropped, repeated and reset nothing on the way.",
      "How much resident memory, and how many threads, a connection costs each transport."
    },
    doesNotShow = {
      "Capacity or production latency: driver and gateway share this machine's processors, and on"
          + " loopback there is no NIC, driver or route.",
      "The kernel's memory for sockets: it belongs to no process.",
      "What a busy connection costs: each one here makes one round trip."
    })
@RequiresLinux
@PrivateNetwork
class SocketLoadLargeExperiment extends LoadSweep {

  /** The numbers of clients. */
  static final Parameter<List<Integer>> COUNTS =
      Parameter.integers("socketlab.load.large-counts", List.of(1_000, 5_000), 1, 20_000)
          .unit("clients")
          .doc("numbers of concurrent clients of socket-load-large");

  /** The accept queue holds what somaxconn allows, and a new network starts with its default. */
  @BeforeAll
  static void widenTheAcceptQueue(Lab lab) {
    if (lab.hasPrivateNetwork()) {
      LargeLimits.raiseSomaxconn(lab.get(COUNTS));
    }
  }

  @Override
  List<Integer> clients(Lab lab) {
    int sessions = lab.get(SESSIONS);
    return lab.get(COUNTS).stream()
        .filter(count -> lab.isOpen("connections-" + count, LargeLimits.permit(count, sessions)))
        .toList();
  }
}
