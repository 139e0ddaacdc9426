package dev.socketlab.gate;

import dev.socketlab.subject.internal.EngineEndpoint;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Looks for an engine in three steps, the cheapest first: is there a client for it, does one of its
 * sockets answer, and does the client agree with it.
 */
final class DockerDetector implements GateDetector<RequiresDocker> {

  @Override
  public String name(RequiresDocker gate) {
    return "docker";
  }

  @Override
  public GateFinding detect(RequiresDocker gate) {
    return detect(
        List.of(gate.images()),
        EngineEndpoint.missingClient(),
        EngineEndpoint.candidates(System.getenv(), System.getProperty("user.home", "")));
  }

  static GateFinding detect(
      List<String> images, Optional<String> missingClient, List<EngineEndpoint> candidates) {
    if (missingClient.isPresent()) {
      return GateFinding.closed(missingClient.get());
    }
    List<String> obstacles = new ArrayList<>();
    for (EngineEndpoint candidate : candidates) {
      Optional<String> obstacle = candidate.obstacle();
      if (obstacle.isEmpty()) {
        return EngineClient.finding(images);
      }
      obstacles.add(candidate.name() + " " + obstacle.get());
    }
    return GateFinding.closed("no engine: " + String.join(", ", obstacles));
  }
}
