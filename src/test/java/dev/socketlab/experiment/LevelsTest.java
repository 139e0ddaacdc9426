package dev.socketlab.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.socketlab.artifact.Artifact;
import dev.socketlab.gate.GateFinding;
import dev.socketlab.testkit.Laboratory;
import dev.socketlab.testkit.Laboratory.Outcome;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/** The order of a factor's levels, and levels that this machine cannot have. */
@Isolated("its fixtures are experiments, which measure this JVM and its machine")
class LevelsTest {

  private @TempDir Path folder;
  private Laboratory laboratory;

  @BeforeEach
  void openLaboratory() {
    laboratory = new Laboratory(folder);
  }

  @Tag("shuffled")
  @Experiment(title = "a fixture", shows = "an order", doesNotShow = "anything else")
  static class ShuffledCase {
    static final Parameter<Long> SEED =
        Parameter.longInteger("shuffled.seed", 1, 0, Long.MAX_VALUE).doc("order of the levels");

    List<Integer> levels() {
      return List.of(1, 2, 3, 4, 5, 6, 7, 8);
    }

    @Trials(value = 2, orderSeed = "shuffled.seed")
    void observe(@Factor("levels") int level) {
      assertThat(level).isPositive();
    }

    @Mechanism("every level was taken")
    void taken() {}
  }

  @Test
  void aSeedShufflesEachRoundAndEveryLevelIsInIt() {
    List<String> started = laboratory.run(ShuffledCase.class).started();
    List<String> first = levels(started.subList(0, 8));
    List<String> second = levels(started.subList(8, 16));
    assertThat(first)
        .containsExactlyInAnyOrder("1", "2", "3", "4", "5", "6", "7", "8")
        .isNotEqualTo(second);
    assertThat(second).containsExactlyInAnyOrderElementsOf(first).isNotEqualTo(sorted(second));
  }

  @Test
  void theSameSeedGivesTheSameOrderAndAnotherOneAnother() {
    List<String> once = laboratory.run(ShuffledCase.class).started();
    assertThat(laboratory.run(ShuffledCase.class).started()).isEqualTo(once);
    assertThat(laboratory.with("shuffled.seed", "2").run(ShuffledCase.class).started())
        .isNotEqualTo(once);
  }

  @Tag("unseeded")
  @Experiment(title = "a fixture", shows = "a mistake", doesNotShow = "anything else")
  static class UnseededCase {
    @Trials(orderSeed = "nobody.declared.it")
    void observe() {}

    @Mechanism("holds")
    void holds() {}
  }

  @Test
  void aSeedThatIsNoParameterIsAnError() {
    assertThat(laboratory.run(UnseededCase.class).failures())
        .singleElement()
        .asString()
        .contains(
            "@Trials on observe: `orderSeed` = \"nobody.declared.it\" is no declared long parameter");
  }

  @Tag("twins")
  @Experiment(title = "a fixture", shows = "a mistake", doesNotShow = "anything else")
  static class TwinLevelsCase {
    List<Object> sizes() {
      return List.of("1", 1);
    }

    @Trials
    void observe(@Factor("sizes") Object size) {}

    @Mechanism("holds")
    void holds() {}
  }

  @Test
  void twoLevelsThatLookTheSameAreRefused() {
    assertThat(laboratory.run(TwinLevelsCase.class).failures())
        .singleElement()
        .asString()
        .contains("@Factor(\"sizes\") on observe has two levels that are shown as \"1\"");
  }

  @Tag("half-open")
  @Experiment(title = "a fixture", shows = "a gate", doesNotShow = "anything else")
  static class HalfOpenCase {
    final List<String> observed = new ArrayList<>();

    List<String> transports(Lab lab) {
      return Stream.of("plain", "fancy").filter(name -> lab.isOpen(name, finding(name))).toList();
    }

    private static GateFinding finding(String name) {
      return name.equals("plain")
          ? GateFinding.open("always there")
          : GateFinding.closed("kernel.fancy_disabled = 2");
    }

    @Trials
    void observe(@Factor("transports") String transport) {
      observed.add(transport);
    }

    @Mechanism("what could be observed was")
    void complete() {
      assertThat(observed).containsExactly("plain");
    }
  }

  @Test
  void aLevelWhoseGateIsClosedIsLeftOutAndTheArtifactSaysWhy() throws IOException {
    Outcome outcome = laboratory.run(HalfOpenCase.class);
    assertThat(outcome.failures()).isEmpty();
    Artifact artifact = outcome.artifact("half_open").orElseThrow();
    assertThat(artifact.gates())
        .contains(
            new Artifact.GateLine("fancy", "half-open", false, "kernel.fancy_disabled = 2"),
            new Artifact.GateLine("plain", "half-open", true, "always there"));
  }

  @Tag("asks-twice")
  @Experiment(title = "a fixture", shows = "a gate", doesNotShow = "anything else")
  static class AsksTwiceCase {
    @Trials
    void observe(Lab lab) {
      assertThat(lab.isOpen("room", GateFinding.closed("64 MiB are free"))).isFalse();
      assertThat(lab.isOpen("room", GateFinding.open("640 MiB are free"))).isTrue();
      assertThat(lab.isOpen("netns", GateFinding.closed("a name that the framework has too")))
          .isFalse();
    }

    @Mechanism("what is found now counts, not what was found before")
    void complete() {}
  }

  @Test
  void aFindingIsOfItsOwnTimeAndExperiment() throws IOException {
    Outcome outcome = laboratory.runTogether(AsksTwiceCase.class, HalfOpenCase.class);
    assertThat(outcome.failures()).isEmpty();
    assertThat(outcome.artifact("asks_twice").orElseThrow().gates())
        .containsExactly(
            new Artifact.GateLine("room", "asks-twice", false, "64 MiB are free"),
            new Artifact.GateLine("room", "asks-twice", true, "640 MiB are free"),
            new Artifact.GateLine(
                "netns", "asks-twice", false, "a name that the framework has too"));
  }

  @Test
  void aStrictRunFailsWhereALevelIsDemandedAndClosed() throws IOException {
    Outcome outcome = laboratory.with("socketlab.require", "fancy").run(HalfOpenCase.class);
    assertThat(outcome.failures())
        .singleElement()
        .asString()
        .contains("fancy is closed: kernel.fancy_disabled = 2 (half-open)");
    assertThat(outcome.artifact("half_open")).isEmpty();
  }

  private static List<String> levels(List<String> started) {
    return started.stream().map(name -> name.replaceAll("observe (\\d), trial.*", "$1")).toList();
  }

  private static List<String> sorted(List<String> levels) {
    return levels.stream().sorted().toList();
  }
}
