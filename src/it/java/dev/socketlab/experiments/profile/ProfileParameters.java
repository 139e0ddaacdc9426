package dev.socketlab.experiments.profile;

import dev.socketlab.experiment.Parameter;
import dev.socketlab.trace.Tracer;
import java.util.List;

/** What can be tuned in {@code profile-io}. */
interface ProfileParameters {

  /** The load. */
  Parameter<Integer> CONNECTIONS =
      Parameter.integer("socketlab.profile.connections", 500, 10, 1_000_000)
          .environment("QSL_PROFILE_CONNECTIONS")
          .unit("round trips")
          .doc("sequential round trips measured; the larger traced load has twice as many");

  /** The port. */
  Parameter<Integer> PORT =
      Parameter.integer("socketlab.profile.port", 0, 0, 65_535)
          .environment("QSL_PROFILE_PORT")
          .doc("port of the gateway; 0 takes a free one below the ephemeral range");

  /** The warm-up. */
  Parameter<Integer> WARM_UP =
      Parameter.integer("socketlab.profile.warm-up", 3_000, 1, 1_000_000)
          .unit("round trips")
          .doc("round trips before the warm measurement");

  /** The tracer. */
  Parameter<Tracer> TRACER =
      Parameter.choice("socketlab.profile.tracer", Tracer.STRACE, List.of(Tracer.values()))
          .doc("what counts the system calls, see tracing.md");
}
