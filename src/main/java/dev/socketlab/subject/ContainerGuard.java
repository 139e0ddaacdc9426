package dev.socketlab.subject;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.api.model.Container;
import dev.socketlab.internal.os.HostThread;
import dev.socketlab.internal.os.TimeOut;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/**
 * Makes sure that no container outlives the test's JVM, not even one that is killed with SIGKILL,
 * and also where Testcontainers' own guard (an image to be pulled) is not available. A small JVM
 * reads a pipe; when the test's JVM ends, however it ends, it reads the end of the file and removes
 * the containers that carry this run's label. A shell could not: it need not have a client for the
 * engine.
 */
final class ContainerGuard {

  private static final String LABEL = "dev.socketlab.run";
  private static final String RUN = UUID.randomUUID().toString();
  private static final String PLANNED = "planned";
  private static final String REMOVED = "removed";

  /** One that the engine was creating when the test's JVM ended shows up a moment later. */
  private static final Duration LOOK_AT_MOST = Duration.ofSeconds(10);

  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(500);

  private static @Nullable Writer pipe;

  private ContainerGuard() {}

  /** What every container of this run is labelled with. */
  static Map<String, String> label() {
    return Map.of(LABEL, RUN);
  }

  static void planned() {
    say(PLANNED);
  }

  static void removed() {
    say(REMOVED);
  }

  private static synchronized void say(String word) {
    try {
      Writer guard = pipe;
      if (guard == null) {
        // Where a private network's thread forks, the JVM would keep that network alive.
        guard = HostThread.call(ContainerGuard::start).outputWriter();
        pipe = guard;
      }
      guard.write(word + "\n");
      guard.flush();
    } catch (Exception failure) {
      throw new SubjectException(
          "the guard of containers has ended or cannot be started; containers may survive",
          failure);
    }
  }

  /** What the shell ignores, the JVM that it becomes ignores too. */
  private static Process start() throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(
                "/bin/sh",
                "-c",
                "trap '' INT TERM HUP; exec \"$0\" \"$@\"",
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx32m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                ContainerGuard.class.getName(),
                RUN)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.DISCARD);
    builder.environment().put("TESTCONTAINERS_RYUK_DISABLED", "true");
    return builder.start();
  }

  /** Called by the guard's JVM, with the run's id. */
  public static void main(String[] arguments) throws IOException {
    long outstanding = 0;
    List<String> words =
        new String(System.in.readAllBytes(), StandardCharsets.US_ASCII).lines().toList();
    for (String word : words) {
      outstanding += word.equals(PLANNED) ? 1 : -1;
    }
    if (outstanding > 0) {
      AtomicLong left = new AtomicLong(outstanding);
      Awaitility.await("the end of the run's containers")
          .pollInSameThread()
          .pollDelay(Duration.ZERO)
          .pollInterval(BETWEEN_LOOKS)
          .atMost(TimeOut.scaled(LOOK_AT_MOST))
          .until(() -> left.addAndGet(-removeAll(arguments[0])) <= 0);
    }
  }

  private static long removeAll(String run) {
    DockerClient client = ContainerEngine.client();
    List<Container> found =
        client.listContainersCmd().withShowAll(true).withLabelFilter(Map.of(LABEL, run)).exec();
    long removed = 0;
    for (Container container : found) {
      try {
        client.removeContainerCmd(container.getId()).withForce(true).withRemoveVolumes(true).exec();
        removed++;
      } catch (DockerException _) {
        // Somebody else removes it at this moment; the next look will tell.
      }
    }
    return removed;
  }
}
