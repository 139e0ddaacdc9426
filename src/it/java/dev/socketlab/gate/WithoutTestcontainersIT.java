package dev.socketlab.gate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.socketlab.experiment.Lab;
import dev.socketlab.place.ContainerBuilder;
import dev.socketlab.place.Subject;
import dev.socketlab.place.SubjectBuilder;
import dev.socketlab.place.SubjectException;
import java.io.File;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
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
      System.out.println("lab " + (Lab.class.getMethods().length > 0));
      RequiresDocker gate = Gated.class.getAnnotation(RequiresDocker.class);
      System.out.println("gate " + new DockerDetector().detect(gate).reason());
      try {
        ContainerBuilder.of(folder, _ -> {}, "redis:8");
      } catch (SubjectException refusal) {
        System.out.println("container " + refusal.getMessage());
      }
    }
  }

  @RequiresDocker
  private static final class Gated {}

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
              "lab true",
              "gate Testcontainers is not on the class path; add org.testcontainers:testcontainers",
              "container Testcontainers is not on the class path; add"
                  + " org.testcontainers:testcontainers");
    }
  }
}
