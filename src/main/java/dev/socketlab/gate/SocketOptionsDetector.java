package dev.socketlab.gate;

import dev.socketlab.probe.SocketOptionValues;
import java.util.Optional;

/** Takes a descriptor of a process that it starts. */
final class SocketOptionsDetector implements GateDetector<RequiresSocketOptions> {

  @Override
  public String name(RequiresSocketOptions gate) {
    return "socket-options";
  }

  @Override
  public GateFinding detect(RequiresSocketOptions gate) {
    return Os.current() == Os.LINUX
        ? finding(SocketOptionValues.obstacle())
        : GateFinding.closed("needs Linux");
  }

  static GateFinding finding(Optional<String> obstacle) {
    return obstacle
        .map(GateFinding::closed)
        .orElseGet(() -> GateFinding.open("a descriptor of another process could be duplicated"));
  }
}
