package dev.socketlab.gate;

import dev.socketlab.internal.os.OperatingSystem;

/** Tries the fault. */
final class FaultDetector implements GateDetector<RequiresFault> {

  @Override
  public String name(RequiresFault gate) {
    return gate.value().label();
  }

  @Override
  public GateFinding detect(RequiresFault gate) {
    if (Os.current() != Os.LINUX) {
      return GateFinding.closed("faults on a link need Linux, this is " + OperatingSystem.name());
    }
    return gate.value()
        .obstacle()
        .map(GateFinding::closed)
        .orElseGet(() -> GateFinding.open("such a fault was set on a link and removed"));
  }
}
