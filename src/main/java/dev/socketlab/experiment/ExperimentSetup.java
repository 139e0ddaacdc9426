package dev.socketlab.experiment;

import dev.socketlab.artifact.Artifact;
import dev.socketlab.artifact.Provenance;
import dev.socketlab.artifact.internal.ProvenanceCapture;
import dev.socketlab.gate.GateFinding;
import dev.socketlab.gate.internal.GateLedger;
import dev.socketlab.subject.internal.ProcessGuard;
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
  private static final String KERNEL_MISSING_KEY = "socketlab.kernel.missing";

  private ExperimentSetup() {}

  static ExperimentRun start(ExtensionContext context) {
    Class<?> type = context.getRequiredTestClass();
    String name = name(type);
    String artifact = artifactName(type, name);
    requireFileName(type, name, artifact);
    ArtifactNames.of(context).claim(artifact, type);
    MethodCheck.requireNoNestedClass(type);
    MethodCheck.requireRunnable(ExperimentMethods.of(type));
    Budgets budgets = Budgets.of(type);
    MethodCheck.requireDistinct(type, budgets);
    MethodCheck.requireAssertions(type, budgets);
    List<Controls.Declared> controls = Controls.of(type, budgets, Parameters.declaredBy(type));
    Parameters parameters =
        Parameters.resolve(
            declared(type, !controls.isEmpty()),
            sources(context),
            () -> Parameters.ofTheBuild(type));
    Path folder =
        Path.of(context.getConfigurationParameter(OUTPUT_KEY).orElse("target/socketlab"))
            .resolve(definition(type).artifact().isEmpty() ? name : artifact);
    empty(folder);
    Progress progress =
        Progress.of(
            progressName(context, name),
            context.getConfigurationParameter(PROGRESS_KEY).orElse("auto"));
    ProcessGuard.start();
    Provenance machine = ProvenanceCapture.capture();
    requireKernel(context, type, name, machine.platform());
    requirePlace(context.getConfigurationParameter(Place.PARAMETER.key()), machine.platform());
    ExperimentNetwork network = ExperimentNetwork.open(context, type, name, parameters);
    Provenance provenance = machine;
    return new ExperimentRun(
        name,
        parameters,
        new Lab(
            parameters,
            folder,
            network,
            (gate, finding) -> GateLedger.of(context).enter(context, type, name, gate, finding)),
        progress,
        provenance,
        Instant.now(),
        network,
        budgets,
        controls,
        folder);
  }

  /**
   * A run that is meant for a container or a guest must not pass for one where nothing has started
   * it there.
   */
  static void requirePlace(Optional<String> wanted, Provenance.Platform platform) {
    requirePlace(wanted, Place.CONTAINER, platform.inContainer(), "container", platform);
    requirePlace(wanted, Place.KERNEL, platform.inGuest(), "guest", platform);
  }

  private static void requirePlace(
      Optional<String> wanted,
      Place place,
      boolean isThere,
      String noun,
      Provenance.Platform platform) {
    if (wanted.filter(place.toString()::equals).isPresent() && !isThere) {
      throw new ExtensionConfigurationException(
          "socketlab.place = %s, but this JVM is in no %s, its placement is '%s'; start it through Maven, see places.md"
              .formatted(place, noun, platform.placement()));
    }
  }

  /** What starts guests says so where it could not start one, and runs the JVM on its host. */
  private static void requireKernel(
      ExtensionContext context, Class<?> type, String name, Provenance.Platform platform) {
    Optional<String> missing = context.getConfigurationParameter(KERNEL_MISSING_KEY);
    if (missing.isEmpty() && !platform.inGuest()) {
      return;
    }
    GateFinding finding =
        missing
            .map(GateFinding::closed)
            .orElseGet(() -> GateFinding.open(platform.kernel() + ", " + platform.placement()));
    ExperimentNetwork.requireOpen(
        name, GateLedger.of(context).enter(context, type, name, "kernel", finding));
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

  /** Before the folder of that name is emptied. */
  private static void requireFileName(Class<?> type, String name, String artifact) {
    String where = "@Experiment on " + type.getSimpleName() + ": ";
    String must = " must be a file's name of letters, digits, '.', '_' and '-'";
    if (!definition(type).artifact().isEmpty() && !Artifact.isName(artifact)) {
      throw new ExtensionConfigurationException(where + "`artifact` = \"" + artifact + "\"" + must);
    }
    if (definition(type).artifact().isEmpty() && !Artifact.isName(name)) {
      throw new ExtensionConfigurationException(
          where
              + "its name is its @Tag \""
              + name
              + "\", which"
              + must
              + "; change it, or give an `artifact`");
    }
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
