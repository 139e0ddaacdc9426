package dev.socketlab.experiments.load;

import dev.socketlab.experiment.Experiment;
import dev.socketlab.experiment.Lab;
import dev.socketlab.experiment.Parameter;
import dev.socketlab.experiment.PrivateNetwork;
import dev.socketlab.gate.RequiresLinux;
import java.util.List;
import org.junit.jupiter.api.Tag;

/** Five transports of one gateway, from one client to sixteen. */
@Tag("socket-load")
@Experiment(
    title = "The order gateway: transports under concurrent connections",
    artifact = "socket_load_summary",
    shows = {
      "That each transport completes and answers every session, and that the kernel has dropped,"
          + " repeated and reset nothing on the way.",
      "How each transport spends threads on connections, and CPU time and switches on sessions.",
      "Which transports this run can tell apart, by a rank test over interleaved trials."
    },
    doesNotShow = {
      "Capacity or production latency: driver and gateway share this machine's processors, and on"
          + " loopback there is no NIC, driver or route.",
      "Steady state: a gateway is a few thousand sessions old, so that part of its code is still"
          + " interpreted and being compiled.",
      "That two transports are equal where it says not separable: only that these trials do not"
          + " tell."
    })
@RequiresLinux
@PrivateNetwork
class SocketLoadExperiment extends LoadSweep {

  /** The numbers of clients. */
  static final Parameter<List<Integer>> COUNTS =
      Parameter.integers("socketlab.load.counts", List.of(1, 4, 8, 16), 1, 10_000)
          .environment("QSL_LOAD_COUNTS")
          .unit("clients")
          .doc("numbers of concurrent clients");

  @Override
  List<Integer> clients(Lab lab) {
    return lab.get(COUNTS);
  }
}
