package dev.socketlab.experiment;

import dev.socketlab.artifact.Provenance;
import dev.socketlab.gate.GateLedger;
import dev.socketlab.place.ProcessGuard;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.commons.support.AnnotationSupport;

/** What happens before the first trial: everything that can be wrong is found here. */
final class ExperimentSetup {

  private static final String OUTPUT_KEY = "socketlab.output";
  private static final String PROGRESS_KEY = "socketlab.progress";

  private ExperimentSetup() {}

  static ExperimentRun start(ExtensionContext context) {
    Class<?> type = context.getRequiredTestClass();
    String name = name(type);
    String artifact = artifactName(type, name);
    ArtifactNames.of(context).claim(artifact, type);
    MethodCheck.requireRunnable(ExperimentMethods.of(type));
    Budgets budgets = Budgets.of(type);
    List<Controls.Declared> controls = Controls.of(type, budgets, Parameters.declaredBy(type));
    Parameters parameters =
        Parameters.resolve(declared(type, !controls.isEmpty()), sources(context));
    Path folder =
        Path.of(context.getConfigurationParameter(OUTPUT_KEY).orElse("target/socketlab"))
            .resolve(definition(type).artifact().isEmpty() ? name : artifact);
    empty(folder);
    Progress progress =
        Progress.of(
            progressName(context, name),
            context.getConfigurationParameter(PROGRESS_KEY).orElse("auto"));
    ProcessGuard.start();
    Provenance machine = Provenance.capture();
    requirePlace(context.getConfigurationParameter(Place.PARAMETER.key()), machine.platform());
    ExperimentNetwork network = ExperimentNetwork.open(context, type, name, parameters);
    Provenance provenance = machine.withNetwork(network.describe());
    return new ExperimentRun(
        name,
        parameters,
        new Lab(
            parameters,
            folder,
            network,
            (gate, finding) ->
                GateLedger.of(context).check(context, type, name, gate, () -> finding)),
        progress,
        provenance,
        Instant.now(),
        network,
        budgets,
        controls,
        folder);
  }

  /**
   * A run that is meant for a container must not pass for one where nothing has started it there.
   */
  static void requirePlace(Optional<String> wanted, Provenance.Platform platform) {
    if (wanted.filter(Place.CONTAINER.toString()::equals).isPresent() && !platform.inContainer()) {
      throw new ExtensionConfigurationException(
          "socketlab.place = container, but this JVM is in none, its placement is '"
              + platform.placement()
              + "'; start it through Maven, see containers.md");
    }
  }

  private static String progressName(ExtensionContext context, String name) {
    String control = Controls.current(context);
    return control.isEmpty() ? name : name + "  control " + control;
  }

  /** What an experiment may choose, its network and its controls, are parameters of it. */
  private static List<Parameter<?>> declared(Class<?> type, boolean hasControls) {
    List<Parameter<?>> declared = new ArrayList<>(Parameters.declaredBy(type));
    if (ExperimentNetwork.wanted(type).isPresent()) {
      declared.add(Place.PARAMETER);
    }
    if (hasControls) {
      declared.add(ControlMode.PARAMETER);
    }
    return declared;
  }

  static String artifactName(Class<?> type, String name) {
    String artifact = definition(type).artifact();
    return artifact.isEmpty() ? name.replace('-', '_') : artifact;
  }

  static Experiment definition(Class<?> type) {
    return AnnotationSupport.findAnnotation(type, Experiment.class)
        .orElseThrow(
            () -> new ExtensionConfigurationException(type.getName() + " has no @Experiment"));
  }

  private static String name(Class<?> type) {
    Experiment definition = definition(type);
    List<String> tags =
        AnnotationSupport.findRepeatableAnnotations(type, Tag.class).stream()
            .map(Tag::value)
            .toList();
    String where = "@Experiment on " + type.getSimpleName() + ": ";
    if (definition.shows().length == 0 || definition.doesNotShow().length == 0) {
      throw new ExtensionConfigurationException(
          where + "`shows` and `doesNotShow` need at least one statement each");
    }
    if (!definition.name().isEmpty()) {
      if (!tags.contains(definition.name())) {
        throw new ExtensionConfigurationException(
            where
                + "`name` = \""
                + definition.name()
                + "\" is none of its tags "
                + tags
                + "; add @Tag(\""
                + definition.name()
                + "\")");
      }
      return definition.name();
    }
    if (tags.size() != 1) {
      throw new ExtensionConfigurationException(
          where
              + "its name is its @Tag, but it has "
              + (tags.isEmpty() ? "none" : tags)
              + "; add one, or say which with `name`");
    }
    return tags.getFirst();
  }

  private static Parameters.Sources sources(ExtensionContext context) {
    Properties properties = System.getProperties();
    return new Parameters.Sources(
        context::getConfigurationParameter,
        properties.stringPropertyNames().stream()
            .collect(
                Collectors.toMap(
                    key -> key, properties::getProperty, (one, _) -> one, TreeMap::new)),
        System.getenv());
  }

  /** Evidence of an earlier run must not be taken for this one's. */
  private static void empty(Path folder) {
    try {
      if (Files.exists(folder)) {
        try (Stream<Path> files = Files.walk(folder)) {
          for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
            Files.delete(file);
          }
        }
      }
      Files.createDirectories(folder);
    } catch (IOException failure) {
      throw new UncheckedIOException(
          "cannot empty the output folder " + folder + "; set " + OUTPUT_KEY + " to another",
          failure);
    }
  }
}
