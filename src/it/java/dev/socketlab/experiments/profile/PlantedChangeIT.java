package dev.socketlab.experiments.profile;

import static dev.socketlab.assertion.LabAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.socketlab.artifact.Artifact;
import dev.socketlab.compare.internal.Comparison;
import dev.socketlab.compare.internal.Difference;
import dev.socketlab.experiment.Experiment;
import dev.socketlab.experiment.Lab;
import dev.socketlab.experiment.Mechanism;
import dev.socketlab.experiment.MixTables;
import dev.socketlab.experiment.Trials;
import dev.socketlab.experiments.GatewayThreads;
import dev.socketlab.gate.RequiresLinux;
import dev.socketlab.gate.RequiresTracer;
import dev.socketlab.qsl.app.Qsl;
import dev.socketlab.qsl.gateway.MutantGateway;
import dev.socketlab.qsl.gateway.MutantGateway.Mutation;
import dev.socketlab.subject.Subject;
import dev.socketlab.subject.SubjectBuilder;
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
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/** A comparison finds what a mutant changed in the gateway, and nothing where nothing changed. */
@Tag("controls")
@Tag("soak")
@RequiresLinux
@RequiresTracer
@Isolated("its fixtures are experiments, which measure this JVM and its machine")
class PlantedChangeIT {

  private static @TempDir Path folder;
  private static Artifact honest;

  @BeforeAll
  static void runTheHonestGateway() throws IOException {
    honest = artifact(Honest.class);
  }

  /** The calls that a gateway makes for each of its clients. */
  @Tag("controls")
  @Experiment(
      title = "What a gateway asks of the kernel",
      artifact = "calls",
      shows = "the system calls of one client",
      doesNotShow = "what anything else costs")
  abstract static class CountedGateway {
    private static final int CLIENTS = 20;
    private final List<SyscallMix> mixes = new ArrayList<>();

    abstract SubjectBuilder gateway(Lab lab);

    void serve(Subject gateway, long clients) throws IOException {
      RoundTrips.drive(gateway, clients);
    }

    @Trials
    @RequiresTracer
    void count(Lab lab) {
      mixes.add(
          lab.syscalls(() ->
                  gateway(lab)
                      .named("gateway")
                      .jvmFlags("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC")
                      .jvmFlags(
                          GatewayThreads.IGNORE_CONTROL_GROUP, GatewayThreads.IGNORE_OTHER_JVMS)
                      .readyWhen("listening on 127\\.0\\.0\\.1:(\\d+)"))
              .perOperation(CLIENTS, this::serve));
    }

    @Mechanism("one connection is accepted for each client")
    void oneConnectionForEachClient() {
      assertThat(mixes.getFirst()).callsPerOperation(SyscallFamily.ACCEPT).isEqualTo(1);
    }

    @AfterAll
    void report(Lab lab) {
      lab.report().table(MixTables.perOperation("Calls per client", mixes.getFirst(), 0.05));
    }
  }

  static class Honest extends CountedGateway {
    Mutation mutation() {
      return Mutation.NONE;
    }

    @Override
    SubjectBuilder gateway(Lab lab) {
      return lab.java(MutantGateway.class, mutation().name());
    }
  }

  @Test
  void theSameGatewayAgainIsUnchanged() throws IOException {
    assertThat(artifact(Honest.class)).isUnchangedSince(honest);
  }

  static class TwoWrites extends Honest {
    @Override
    Mutation mutation() {
      return Mutation.TWO_WRITES;
    }
  }

  @Test
  void oneMoreWriteForEachRequestIsFound() throws IOException {
    assertThat(Comparison.of(honest, artifact(TwoWrites.class)).changes())
        .contains(
            new Difference("Calls per client [call=write, on=socket] whole (calls)", "1", "2"));
  }

  static class ExtraCall extends Honest {
    @Override
    Mutation mutation() {
      return Mutation.EXTRA_CALL;
    }
  }

  @Test
  void aCallThatWasNotMadeBeforeIsFound() throws IOException {
    assertThat(Comparison.of(honest, artifact(ExtraCall.class)).changes())
        .contains(
            new Difference(
                "Calls per client [call=getsockopt, on=socket] whole (calls)",
                "n/a (no such row)",
                "2"));
  }

  /**
   * Clients that connect, say nothing until the gateway rests, and leave: a virtual thread has to
   * wait for each of them. (A client that speaks at once may be read without waiting.)
   */
  static class Waiting extends CountedGateway {
    private static final int LOOKS = 5_000;
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(5);

    @Override
    SubjectBuilder gateway(Lab lab) {
      return lab.java(Qsl.class, "gateway", "{port}", "--transport", "virtual", "--until-eof");
    }

    @Override
    void serve(Subject gateway, long clients) throws IOException {
      for (long i = 0; i < clients; i++) {
        try (Socket client = new Socket()) {
          client.connect(gateway.address());
          assertThat(Rest.isReachedBy(gateway.pid(), LOOKS, BETWEEN_LOOKS)).isTrue();
        }
      }
    }
  }

  static class WaitingWithAnotherPoller extends Waiting {
    @Override
    SubjectBuilder gateway(Lab lab) {
      return super.gateway(lab).jvmFlags("-Djdk.pollerMode=1");
    }
  }

  @Test
  void anotherPollerOfTheJdkIsFoundByItsCallsAndTheFlagIsNamed() throws IOException {
    Comparison comparison =
        Comparison.of(artifact(Waiting.class), artifact(WaitingWithAnotherPoller.class));
    assertThat(comparison.changes())
        .extracting(Difference::where)
        .anyMatch(where -> where.matches(".*call=epoll_p?wait.*")); // epoll_pwait on aarch64
    assertThat(comparison.context())
        .filteredOn(difference -> difference.where().equals("subject gateway"))
        .singleElement()
        .satisfies(difference -> {
          assertThat(difference.before()).doesNotContain("pollerMode");
          assertThat(difference.after()).contains("-Djdk.pollerMode=1");
        });
  }

  private static Artifact artifact(Class<? extends CountedGateway> experiment) throws IOException {
    return new Laboratory(Files.createTempDirectory(folder, experiment.getSimpleName()))
        .run(experiment)
        .artifact("calls")
        .orElseThrow();
  }
}
