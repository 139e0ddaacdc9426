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

  private static final String CLIENT = "org.testcontainers.DockerClientFactory";

  @Override
  public String name(RequiresDocker gate) {
    return "docker";
  }

  @Override
  public GateFinding detect(RequiresDocker gate) {
    return detect(
        isPresent(CLIENT),
        EngineEndpoint.candidates(System.getenv(), System.getProperty("user.home", "")));
  }

  static GateFinding detect(boolean hasClient, List<EngineEndpoint> candidates) {
    if (!hasClient) {
      return GateFinding.closed(
          "Testcontainers is not on the class path; add org.testcontainers:testcontainers");
    }
    if (candidates.stream().map(EngineEndpoint::obstacle).noneMatch(Optional::isEmpty)) {
      return GateFinding.closed(
          "no engine: "
              + candidates.stream()
                  .map(candidate -> candidate.name() + " " + candidate.obstacle().orElse(""))
                  .collect(Collectors.joining(", ")));
    }
    return EngineClient.finding();
  }

  private static boolean isPresent(String type) {
    try {
      Class.forName(type, false, DockerDetector.class.getClassLoader());
      return true;
    } catch (ClassNotFoundException _) {
      return false;
    }
  }
}
