package dev.socketlab.experiments.profile;

import static dev.socketlab.assertion.LabAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.socketlab.artifact.Artifact;
import dev.socketlab.compare.Comparison;
import dev.socketlab.compare.Difference;
import dev.socketlab.experiment.Experiment;
import dev.socketlab.experiment.Lab;
import dev.socketlab.experiment.Mechanism;
import dev.socketlab.experiment.RequiresTracer;
import dev.socketlab.experiment.SyscallTables;
import dev.socketlab.experiment.Trials;
import dev.socketlab.experiments.GatewayThreads;
import dev.socketlab.gate.RequiresLinux;
import dev.socketlab.place.Subject;
import dev.socketlab.qsl.app.Qsl;
import dev.socketlab.testkit.Laboratory;
import dev.socketlab.trace.SyscallFamily;
import dev.socketlab.trace.SyscallMix;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A comparison finds what a saboteur changed in the gateway, and nothing where nothing changed. */
@Tag("controls")
@RequiresLinux
@RequiresTracer
class PlantedChangeIT {

  private static @TempDir Path folder;
  private static Artifact honest;

  @BeforeAll
  static void runTheHonestGateway() throws IOException {
    honest = artifact(ProfileIoControlsIT.Honest.class);
  }

  @Test
  void theSameGatewayAgainIsUnchanged() throws IOException {
    assertThat(artifact(ProfileIoControlsIT.Honest.class)).isUnchangedSince(honest);
  }

  @Test
  void oneMoreWriteForEachRequestIsFound() throws IOException {
    assertThat(Comparison.of(honest, artifact(ProfileIoControlsIT.TwoWrites.class)).changes())
        .contains(
            new Difference(
                "System calls per round trip: threaded [call=write] whole (calls)", "1", "2"));
  }

  @Test
  void aCallThatWasNotMadeBeforeIsFound() throws IOException {
    assertThat(Comparison.of(honest, artifact(ProfileIoControlsIT.ExtraCall.class)).changes())
        .contains(
            new Difference(
                "System calls per round trip: threaded [call=getsockopt] whole (calls)",
                "n/a (no such row)",
                "2"));
  }

  /**
   * Clients that connect, say nothing until the gateway rests, and leave: a virtual thread has to
   * wait for each of them. (A client that speaks at once may be read without waiting.)
   */
  @Tag("controls")
  @Experiment(
      title = "Virtual threads that wait",
      artifact = "virtual_threads_that_wait",
      shows = "which system calls it costs to wait for a client's end",
      doesNotShow = "what a client that does not let the gateway wait costs")
  static class Waiting {
    private static final int CLIENTS = 20;
    private final List<SyscallMix> mixes = new ArrayList<>();

    List<String> flags() {
      return List.of();
    }

    @Trials
    @RequiresTracer
    void connect(Lab lab) {
      mixes.add(
          lab.syscalls(() ->
                  lab.java(Qsl.class, "gateway", "{port}", "--transport", "virtual", "--until-eof")
                      .named("gateway")
                      .jvmFlags(GatewayThreads.IGNORE_CONTROL_GROUP)
                      .jvmFlags(flags().toArray(String[]::new))
                      .readyWhen("listening on 127\\.0\\.0\\.1:(\\d+)"))
              .perOperation(CLIENTS, Waiting::beSilent));
    }

    @Mechanism("one connection is accepted for each client")
    void oneConnectionForEachClient() {
      assertThat(mixes.getFirst()).callsPerOperation(SyscallFamily.ACCEPT).isEqualTo(1);
    }

    @AfterAll
    void report(Lab lab) {
      lab.report()
          .table(SyscallTables.perOperation("System calls per client", mixes.getFirst(), 0.05));
    }

    private static void beSilent(Subject gateway, long clients) throws IOException {
      for (long i = 0; i < clients; i++) {
        try (Socket client = new Socket()) {
          client.connect(gateway.address());
          Awaitility.await()
              .pollInSameThread()
              .until(() -> Rest.isReachedBy(gateway.pid(), Duration.ofMillis(5)));
        }
      }
    }
  }

  /** The platform's threads wait for input, where the JDK's default are virtual threads. */
  static class WaitingByPlatformThreads extends Waiting {
    @Override
    List<String> flags() {
      return List.of("-Djdk.pollerMode=1");
    }
  }

  @Test
  void anotherPollerOfTheJdkIsFoundByItsCallsAndTheFlagIsNamed() throws IOException {
    Artifact before = artifact(Waiting.class, "virtual_threads_that_wait");
    Artifact after = artifact(WaitingByPlatformThreads.class, "virtual_threads_that_wait");
    Comparison comparison = Comparison.of(before, after);
    assertThat(comparison.changes())
        .extracting(Difference::where)
        .contains("System calls per client [call=epoll_wait] whole (calls)");
    assertThat(comparison.context())
        .filteredOn(difference -> difference.where().equals("subject gateway"))
        .singleElement()
        .satisfies(difference -> {
          assertThat(difference.before()).doesNotContain("pollerMode");
          assertThat(difference.after()).contains("-Djdk.pollerMode=1");
        });
  }

  private static Artifact artifact(Class<?> experiment) throws IOException {
    return artifact(experiment, "socket_profile_loopback");
  }

  private static Artifact artifact(Class<?> experiment, String name) throws IOException {
    Laboratory laboratory =
        new Laboratory(Files.createTempDirectory(folder, experiment.getSimpleName()))
            .with("socketlab.profile.connections", "100")
            .with("socketlab.profile.warm-up", "10");
    return laboratory.run(experiment).artifact(name).orElseThrow();
  }
}
