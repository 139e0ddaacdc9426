package dev.socketlab.experiment;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import dev.socketlab.artifact.Artifact;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.launcher.EngineFilter;
import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherConfig;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/**
 * The run of one mutant, in a launcher session of its own: nobody's listeners count its failures,
 * which are what it is for.
 *
 * @param artifact what it published; empty where its run was invalid or did not take place
 * @param failures the first lines of what failed
 * @param skipped why something was skipped
 */
record ControlRun(Optional<Artifact> artifact, List<String> failures, List<String> skipped) {

  private static final String JUPITER = "junit-jupiter";

  /** Runs a mutant; what it leaves is below the folder. */
  static ControlRun of(
      Class<?> mutant, String artifact, Path folder, Map<String, String> configuration) {
    Observer observer = new Observer();
    try (LauncherSession session = LauncherFactory.openSession(alone())) {
      session
          .getLauncher()
          .execute(
              LauncherDiscoveryRequestBuilder.request()
                  .selectors(selectClass(mutant))
                  .filters(EngineFilter.includeEngines(JUPITER))
                  .configurationParameters(configuration)
                  .configurationParameter(Controls.KEY, mutant.getSimpleName())
                  .configurationParameter("socketlab.results", folder.toString())
                  .configurationParameter("socketlab.output", folder.toString())
                  .configurationParameter("junit.jupiter.execution.parallel.enabled", "false")
                  .build(),
              observer);
    }
    return new ControlRun(
        read(folder.resolve(artifact + ".json")), observer.failures, observer.skipped);
  }

  private static LauncherConfig alone() {
    return LauncherConfig.builder()
        .enableLauncherSessionListenerAutoRegistration(false)
        .enableLauncherDiscoveryListenerAutoRegistration(false)
        .enablePostDiscoveryFilterAutoRegistration(false)
        .enableTestExecutionListenerAutoRegistration(false)
        .build();
  }

  private static Optional<Artifact> read(Path json) {
    try {
      return Files.exists(json)
          ? Optional.of(Artifact.fromJson(Files.readString(json)))
          : Optional.empty();
    } catch (IOException failure) {
      throw new UncheckedIOException("cannot read what a control published: " + json, failure);
    }
  }

  /** Keeps why something failed or was skipped. */
  private static final class Observer implements TestExecutionListener {
    private final List<String> failures = new ArrayList<>();
    private final List<String> skipped = new ArrayList<>();

    @Override
    public void executionSkipped(TestIdentifier test, String reason) {
      skipped.add(reason);
    }

    @Override
    public void executionFinished(TestIdentifier test, TestExecutionResult result) {
      String message = result.getThrowable().map(Observer::firstLine).orElse("");
      switch (result.getStatus()) {
        case FAILED -> failures.add(message);
        case ABORTED -> skipped.add(message);
        case SUCCESSFUL -> {
          // Nothing to keep: what it found is in the artifact.
        }
      }
    }

    private static String firstLine(Throwable thrown) {
      return String.valueOf(thrown.getMessage()).strip().lines().findFirst().orElse("");
    }
  }
}
