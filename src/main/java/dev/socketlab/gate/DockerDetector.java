package dev.socketlab.gate;

import dev.socketlab.place.EngineEndpoint;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

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
    if (candidates.stream().map(EngineEndpoint::obstacle).noneMatch(Optional::isEmpty)) {
      return GateFinding.closed(
          "no engine: "
              + candidates.stream()
                  .map(candidate -> candidate.name() + " " + candidate.obstacle().orElse(""))
                  .collect(Collectors.joining(", ")));
    }
    return EngineClient.finding(images);
  }
}
