package dev.socketlab.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.socketlab.artifact.Artifact;
import dev.socketlab.artifact.Provenance;
import dev.socketlab.gate.RequiresTool;
import dev.socketlab.testkit.Laboratory;
import dev.socketlab.testkit.Laboratory.Outcome;
import java.io.IOException;
import java.net.DatagramSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/** Where an experiment runs, as socketlab.place says, and what its artifact says of it. */
@Isolated("it changes properties of this JVM")
class PlaceTest {

  private @TempDir Path folder;
  private Laboratory laboratory;

  @BeforeEach
  void openLaboratory() {
    laboratory = new Laboratory(folder);
  }

  @Tag("somewhere")
  @PrivateNetwork
  @Experiment(title = "a fixture", shows = "where it ran", doesNotShow = "anything else")
  static class SomewhereCase {
    @Mechanism("it knows where it is")
    void knows(Lab lab) {
      lab.evidence(lab.hasPrivateNetwork() ? "private" : "host");
    }
  }

  @Test
  void onTheHostItNeverOpensAPrivateNetwork() throws IOException {
    Outcome outcome = laboratory.with("socketlab.place", "host").run(SomewhereCase.class);
    assertThat(outcome.failures()).isEmpty();
    Artifact artifact = outcome.artifact("somewhere").orElseThrow();
    assertThat(artifact.mechanisms().getFirst().detail()).isEqualTo("host");
    assertThat(artifact.gates()).isEmpty();
    assertThat(artifact.command())
        .isEqualTo("mvn -Dgroups=somewhere '-Dsocketlab.place=host' verify");
    assertThat(artifact.toText()).contains("the host's loopback").doesNotContain("own namespace");
  }

  @Test
  void aDemandedPrivateNetworkThatCannotBeHadIsAFailure() {
    assertThat(elsewhere("private").failures())
        .singleElement()
        .asString()
        .startsWith("demanded by socketlab.place = private, but netns is closed: network")
        .contains("this is Mac OS X");
  }

  @Test
  void aJvmThatIsInNoContainerDoesNotPassForOne() {
    assertThatThrownBy(
            () -> ExperimentSetup.requirePlace(Optional.of("container"), placed("bare (no mark)")))
        .hasMessage(
            "socketlab.place = container, but this JVM is in no container, its placement is"
                + " 'bare (no mark)'; start it through Maven, see places.md");
  }

  @Test
  void aJvmUnderTheHostsKernelDoesNotPassForOneInAGuest() {
    Optional<String> kernel = Optional.of("kernel");
    assertThatThrownBy(() -> ExperimentSetup.requirePlace(kernel, placed("bare (no mark)")))
        .hasMessageContaining("socketlab.place = kernel, but this JVM is in no guest");
    assertThatNoException()
        .isThrownBy(() ->
            ExperimentSetup.requirePlace(
                kernel, placed("constrained environment: guest (qemu tcg on Linux 6.18.44)")));
  }

  @Test
  void whereNoGuestCouldBeStartedTheGateSaysWhatIsMissing() throws IOException {
    Outcome outcome = missing("qemu-system-x86_64 is not here").run(SomewhereCase.class);
    assertThat(outcome.failures()).isEmpty();
    assertThat(outcome.abortReasons())
        .containsExactly("kernel is closed: qemu-system-x86_64 is not here");
    assertThat(outcome.artifact("somewhere")).isEmpty();
  }

  @Test
  void aRunThatDemandsTheKernelFailsWhereNoGuestCouldBeStarted() {
    assertThat(
            missing("no kernel 9.9")
                .with("socketlab.require", "kernel")
                .run(SomewhereCase.class)
                .failures())
        .singleElement()
        .asString()
        .startsWith("demanded by socketlab.require, but kernel is closed: no kernel 9.9");
  }

  private Laboratory missing(String what) {
    return laboratory.with("socketlab.place", "kernel").with("socketlab.kernel.missing", what);
  }

  @Test
  void inAContainerThatPlaceIsRightAndOutsideEveryOther() {
    assertThatNoException()
        .isThrownBy(() ->
            ExperimentSetup.requirePlace(
                Optional.of("container"),
                placed("constrained environment: container (Docker: /.dockerenv)")));
    assertThatNoException()
        .isThrownBy(() -> ExperimentSetup.requirePlace(Optional.of("host"), placed("bare")));
    assertThatNoException()
        .isThrownBy(() -> ExperimentSetup.requirePlace(Optional.empty(), placed("bare")));
  }

  private static Provenance.Platform placed(String placement) {
    return new Provenance.Platform("an OS", "a kernel", placement, "100 Hz", Map.of());
  }

  @Test
  void leftToItselfItRunsOnTheHostWhereTheGateIsClosed() throws IOException {
    Outcome outcome = elsewhere("auto");
    assertThat(outcome.failures()).isEmpty();
    Artifact artifact = outcome.artifact("somewhere").orElseThrow();
    assertThat(artifact.mechanisms().getFirst().detail()).isEqualTo("host");
    assertThat(artifact.gates()).singleElement().satisfies(g -> assertThat(g.open()).isFalse());
  }

  private Outcome elsewhere(String place) {
    String system = System.setProperty("os.name", "Mac OS X");
    try {
      return laboratory.with("socketlab.place", place).run(SomewhereCase.class);
    } finally {
      System.setProperty("os.name", system);
    }
  }

  @Test
  void anUnknownPlaceIsAnError() {
    assertThat(laboratory.with("socketlab.place", "moon").run(SomewhereCase.class).failures())
        .containsExactly(
            "socketlab.place=moon (JUnit configuration parameter) is not known; give one of auto,"
                + " host, private, container, kernel (default auto)");
  }

  @Tag("needy")
  @PrivateNetwork(required = true)
  @Experiment(title = "a fixture", shows = "nothing", doesNotShow = "anything")
  static class NeedyCase {
    @Mechanism("it runs")
    void runs(Lab lab) {
      assertThat(lab.hasPrivateNetwork()).isTrue();
    }
  }

  @Test
  void whatCannotDoWithoutIsSkippedOnTheHostAndFailsAStrictRun() {
    Outcome skipped = laboratory.with("socketlab.place", "host").run(NeedyCase.class);
    assertThat(skipped.failures()).isEmpty();
    assertThat(skipped.started()).isEmpty();
    assertThat(skipped.aborted()).isOne();
    assertThat(laboratory.with("socketlab.require", "place").run(NeedyCase.class).failures())
        .singleElement()
        .asString()
        .contains("place is closed: needs a private network, socketlab.place = host (needy)");
  }

  @Tag("crowded")
  @PrivateNetwork(hosts = 3)
  @Experiment(title = "a fixture", shows = "nothing", doesNotShow = "anything")
  static class CrowdedCase {
    @Mechanism("it runs")
    void runs(Lab lab) {
      assertThat(lab.hasPrivateNetwork()).isTrue();
    }
  }

  @Test
  void thereAreOneOrTwoHosts() {
    assertThat(laboratory.run(CrowdedCase.class).failures())
        .containsExactly("@PrivateNetwork on CrowdedCase: `hosts` = 3; give 1 or 2");
  }

  @Tag("twins")
  @Experiment(title = "a fixture", shows = "nothing", doesNotShow = "anything")
  abstract static class TwinCase {
    @Mechanism("it has one host")
    void hasOneHost(Lab lab) {
      assertThatIllegalStateException()
          .isThrownBy(lab::peer)
          .withMessageContaining("ask for two with @PrivateNetwork(hosts = 2)");
    }
  }

  @Experiment(
      artifact = "twins_one",
      title = "a fixture",
      shows = "nothing",
      doesNotShow = "anything")
  @RequiresTool("sh")
  static class OneTwinCase extends TwinCase {}

  @Experiment(
      artifact = "twins_other",
      title = "a fixture",
      shows = "nothing",
      doesNotShow = "anything")
  static class OtherTwinCase extends TwinCase {}

  static class ImpostorCase extends OneTwinCase {}

  @Test
  void classesOfOneTagHaveArtifactsFoldersAndGatesOfTheirOwn() throws IOException {
    Outcome outcome = laboratory.runTogether(OneTwinCase.class, OtherTwinCase.class);
    assertThat(outcome.failures()).isEmpty();
    Artifact one = outcome.artifact("twins_one").orElseThrow();
    Artifact other = outcome.artifact("twins_other").orElseThrow();
    assertThat(one.command()).isEqualTo(other.command()).contains("-Dgroups=twins");
    assertThat(one.gates()).hasSize(1);
    assertThat(other.gates()).isEmpty();
    assertThat(folder.resolve("output")).isDirectoryContaining("glob:**twins_one");
    assertThat(folder.resolve("output")).isDirectoryContaining("glob:**twins_other");
  }

  @Test
  void noClassOverwritesTheArtifactOfAnother() {
    assertThat(laboratory.runTogether(OneTwinCase.class, ImpostorCase.class).failures())
        .singleElement()
        .asString()
        .contains("`artifact` = \"twins_one\" is also the artifact of OneTwinCase");
  }

  @Tag("strays")
  @PrivateNetwork(required = true)
  @Experiment(title = "a fixture", shows = "a mistake", doesNotShow = "anything else")
  static class StrayCase {
    private static final ExecutorService OUTSIDE = Executors.newFixedThreadPool(1);
    private final List<DatagramSocket> sockets = new ArrayList<>();

    @Trials
    void open() throws Exception {
      sockets.add(new DatagramSocket()); // in the private network, and left open there
      sockets.add(OUTSIDE.submit(() -> new DatagramSocket()).get());
    }

    @Mechanism("holds")
    void holds() {}

    @AfterAll
    void close() {
      sockets.forEach(DatagramSocket::close);
    }
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void aSocketThatIsOpenedOutsideOfThePrivateNetworkMakesTheRunInvalid() throws Exception {
    StrayCase.OUTSIDE.submit(() -> true).get(); // its thread is started here, as a shared pool's is
    Outcome outcome = new Laboratory(folder).run(StrayCase.class);
    assumeTrue(outcome.aborted() == 0, "no private network can be made here");
    assertThat(outcome.failures())
        .singleElement()
        .asString()
        .contains("but opened sockets in the host's, which nothing counts: UDP ")
        .doesNotContain(", UDP ");
    assertThat(outcome.artifact("strays")).isEmpty();
  }
}
