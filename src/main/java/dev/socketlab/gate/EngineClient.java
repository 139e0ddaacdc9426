package dev.socketlab.gate;

import com.github.dockerjava.api.model.Version;
import org.testcontainers.DockerClientFactory;

/** Asks the engine through Testcontainers; apart, because that may not be on the class path. */
final class EngineClient {

  private EngineClient() {}

  static GateFinding finding() {
    DockerClientFactory factory = DockerClientFactory.instance();
    if (!factory.isDockerAvailable()) {
      return GateFinding.closed(
          "an engine answers, but Testcontainers finds none that it can use; its log says why");
    }
    Version version = factory.client().versionCmd().exec();
    return GateFinding.open(
        "engine %s, API %s".formatted(version.getVersion(), version.getApiVersion()));
  }
}
