package dev.socketlab.gate;

import dev.socketlab.trace.Tracer;
import java.util.Optional;

/** Tries the tracer. */
final class TracerDetector implements GateDetector<RequiresTracer> {

  @Override
  public String name(RequiresTracer gate) {
    return gate.value().label();
  }

  @Override
  public GateFinding detect(RequiresTracer gate) {
    return finding(gate.value(), gate.value().obstacle());
  }

  static GateFinding finding(Tracer tracer, Optional<String> obstacle) {
    return obstacle
        .map(GateFinding::closed)
        .orElseGet(() -> GateFinding.open(tracer.label() + " counted the calls of a process"));
  }
}
