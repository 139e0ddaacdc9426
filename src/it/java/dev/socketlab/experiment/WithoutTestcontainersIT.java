package dev.socketlab.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.socketlab.internal.os.OwnThread;
import dev.socketlab.subject.Subject;
import dev.socketlab.subject.SubjectBuilder;
import dev.socketlab.subject.internal.EngineEndpoint;
import java.io.File;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who has no use for containers need not have Testcontainers. */
@Tag("containers")
class WithoutTestcontainersIT {

  private @TempDir Path folder;

  /** Uses the framework where Testcontainers is absent. */
  static final class Consumer {
    private Consumer() {}

    /** Called by the JVM. */
    public static void main(String[] arguments) {
      Path folder = Path.of(arguments[0]);
      try (Subject subject =
          SubjectBuilder.command(folder, _ -> {}, List.of("sleep", "60")).start()) {
        System.out.println("process " + subject.isAlive());
      }
      System.out.println("gate " + EngineEndpoint.missingClient().orElse("is open"));
      Parameters none =
          Parameters.resolve(
              List.of(), new Parameters.Sources(_ -> Optional.empty(), Map.of(), Map.of()));
      try {
        new Lab(
                none,
                folder,
                new ExperimentNetwork(new OwnThread("test"), null, null),
                (_, finding) -> {
                  throw new IllegalStateException(finding.reason());
                })
            .container("redis:8");
      } catch (IllegalStateException refusal) {
        System.out.println("container " + refusal.getMessage());
      }
    }
  }

  @Test
  void theFrameworkLoadsAndSaysWhatIsMissing() {
    String classPath =
        Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
            .filter(entry -> !entry.contains("testcontainers") && !entry.contains("docker-java"))
            .collect(Collectors.joining(File.pathSeparator));
    try (Subject consumer =
        SubjectBuilder.command(
                folder,
                _ -> {},
                List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-cp",
                    classPath,
                    Consumer.class.getName(),
                    folder.toString()))
            .launch()) {
      consumer.awaitSuccess(Duration.ofSeconds(30));
      assertThat(consumer.outputLines())
          .containsExactly(
              "process true",
              "gate Testcontainers is not on the class path; add org.testcontainers:testcontainers",
              "container Testcontainers is not on the class path; add"
                  + " org.testcontainers:testcontainers");
    }
  }
}
