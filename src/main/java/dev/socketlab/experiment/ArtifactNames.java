package dev.socketlab.experiment;

import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.StoreScope;

/** Which class publishes which artifact in a session: a second one would overwrite the first. */
final class ArtifactNames {

  private final Map<String, Class<?>> owners = new ConcurrentHashMap<>();

  private ArtifactNames() {}

  @SuppressWarnings("deprecation") // in JUnit 6, whose computeIfAbsent JUnit 5 does not have
  static ArtifactNames of(ExtensionContext context) {
    return Objects.requireNonNull(
        context
            .getStore(StoreScope.LAUNCHER_SESSION, Namespace.create(ArtifactNames.class))
            .getOrComputeIfAbsent(
                ArtifactNames.class, _ -> new ArtifactNames(), ArtifactNames.class));
  }

  void claim(String artifact, Class<?> type) {
    Class<?> owner = owners.putIfAbsent(artifact, type);
    if (owner != null && owner != type) {
      throw new ExtensionConfigurationException(
          "@Experiment on %s: `artifact` = \"%s\" is also the artifact of %s; give each class of one"
                  .formatted(type.getSimpleName(), artifact, owner.getSimpleName())
              + " tag an `artifact` of its own");
    }
  }
}
