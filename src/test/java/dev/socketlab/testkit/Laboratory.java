package dev.socketlab.testkit;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectMethod;

import dev.socketlab.artifact.Artifact;
import dev.socketlab.artifact.MechanismVerdict;
import dev.socketlab.artifact.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.platform.engine.DiscoverySelector;
import org.junit.platform.engine.OutputDirectoryCreator;
import org.junit.platform.engine.TestDescriptor;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.discovery.ClassSelector;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.testkit.engine.EngineExecutionResults;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Event;
import org.junit.platform.testkit.engine.EventType;
import org.junit.platform.testkit.engine.Events;

/** Runs a fixture experiment inside a test and shows what came of it. */
public final class Laboratory {

  private final Path folder;
  private final Map<String, String> configuration = new TreeMap<>();

  /** Puts results and output below a folder. */
  public Laboratory(Path folder) {
    this.folder = folder;
    configuration.put("socketlab.results", results().toString());
    configuration.put("socketlab.output", folder.resolve("output").toString());
    configuration.put("socketlab.progress", "plain");
  }

  /** Sets a configuration parameter. */
  public Laboratory with(String key, String value) {
    configuration.put(key, value);
    return this;
  }

  /** Where artifacts go. */
  public Path results() {
    return folder.resolve("results");
  }

  /** Runs all of an experiment. */
  public Outcome run(Class<?> fixture) {
    return run(selectClass(fixture));
  }

  /** Runs several experiments in one session. */
  public Outcome runTogether(Class<?>... fixtures) {
    return run(
        Arrays.stream(fixtures).map(DiscoverySelectors::selectClass).toArray(ClassSelector[]::new));
  }

  /** Runs one method of an experiment. */
  public Outcome runOnly(Class<?> fixture, String method, Class<?>... parameters) {
    return run(selectMethod(fixture, method, parameters));
  }

  private Outcome run(DiscoverySelector... selectors) {
    EngineTestKit.Builder kit =
        EngineTestKit.engine("junit-jupiter")
            .selectors(selectors)
            .outputDirectoryCreator(new Attachments(folder.resolve("attachments")));
    configuration.forEach(kit::configurationParameter);
    return new Outcome(kit.execute(), results());
  }

  /** What came of a run. */
  public record Outcome(EngineExecutionResults results, Path folder) {

    /** The display names of the tests that were started, in order. */
    public List<String> started() {
      return results.testEvents().started().stream()
          .map(event -> event.getTestDescriptor().getDisplayName())
          .toList();
    }

    /** The messages of everything that failed, tests and containers alike. */
    public List<String> failures() {
      return messages(results.allEvents().failed());
    }

    /** The reasons of everything that was skipped. */
    public List<String> skipReasons() {
      Stream<String> skipped =
          results.allEvents().stream()
              .filter(event -> event.getType() == EventType.SKIPPED)
              .map(event -> event.getRequiredPayload(String.class));
      // A class is skipped by its experiment only when it has begun.
      Stream<String> aborted =
          results.containerEvents().aborted().stream()
              .map(event -> event.getRequiredPayload(TestExecutionResult.class))
              .flatMap(result -> result.getThrowable().stream())
              .map(Throwable::getMessage);
      return Stream.concat(skipped, aborted).toList();
    }

    /** The reasons of everything that was given up once it had begun. */
    public List<String> abortReasons() {
      return messages(results.allEvents().aborted());
    }

    private static List<String> messages(Events events) {
      return events.stream()
          .map(event -> event.getRequiredPayload(TestExecutionResult.class))
          .map(result -> String.valueOf(result.getThrowable().orElseThrow().getMessage()))
          .toList();
    }

    /** How many tests were aborted. */
    public long aborted() {
      return results.allEvents().aborted().stream().map(Event::getTestDescriptor).count();
    }

    /** The numbers of the mechanisms that the artifact says have failed. */
    public List<Integer> failedMechanisms(String artifact) throws IOException {
      return artifact(artifact).orElseThrow().mechanisms().stream()
          .filter(mechanism -> mechanism.verdict() == Verdict.FAILED)
          .map(MechanismVerdict::number)
          .toList();
    }

    /** The artifact in the results folder, if there is one. */
    public Optional<Artifact> artifact(String name) throws IOException {
      Path json = folder.resolve(name + ".json");
      return Files.exists(json)
          ? Optional.of(Artifact.fromJson(Files.readString(json)))
          : Optional.empty();
    }
  }

  /** Where attached files go. */
  private record Attachments(Path folder) implements OutputDirectoryCreator {

    @Override
    public Path getRootDirectory() {
      return folder;
    }

    @Override
    public Path createOutputDirectory(TestDescriptor test) throws IOException {
      return Files.createDirectories(folder.resolve(test.getDisplayName()));
    }
  }
}
