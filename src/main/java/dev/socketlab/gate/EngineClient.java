package dev.socketlab.gate;

import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.model.Version;
import java.util.List;
import org.testcontainers.DockerClientFactory;

/** Asks the engine through Testcontainers; apart, because that may not be on the class path. */
final class EngineClient {

  private EngineClient() {}

  static GateFinding finding(List<String> images) {
    DockerClientFactory factory = DockerClientFactory.instance();
    if (!factory.isDockerAvailable()) {
      return GateFinding.closed(
          "an engine answers, but Testcontainers finds none that it can use; its log says why");
    }
    for (String image : images) {
      if (!has(factory, image)) {
        return GateFinding.closed(
            "the engine has no image " + image + "; docker pull it, or build it");
      }
    }
    Version version = factory.client().versionCmd().exec();
    return GateFinding.open(
        "engine %s, API %s".formatted(version.getVersion(), version.getApiVersion()));
  }

  private static boolean has(DockerClientFactory factory, String image) {
    try {
      factory.client().inspectImageCmd(image).exec();
      return true;
    } catch (NotFoundException _) {
      return false;
    }
  }
}
