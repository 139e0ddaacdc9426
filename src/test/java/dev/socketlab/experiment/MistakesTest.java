package dev.socketlab.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.socketlab.testkit.Laboratory;
import dev.socketlab.testkit.Laboratory.Outcome;
import dev.socketlab.testkit.SystemWords;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/** What somebody gets wrong who writes a first experiment, and what he is told. */
@Isolated("its fixtures are experiments, which measure this JVM and its machine")
class MistakesTest {

  private @TempDir Path folder;

  @Tag("first")
  @Experiment(title = "t", shows = "s", doesNotShow = "d")
  abstract static class First {
    @Test
    void alsoATest() {}
  }

  static class PrivateTrial extends First {
    @Trials
    @SuppressWarnings("UnusedMethod") // that JUnit does not see it is the point
    private void get() {}
  }

  static class ReturningTrial extends First {
    @Trials
    int get() {
      return 1;
    }
  }

  static class StaticMechanism extends First {
    @Trials
    void get() {}

    @Mechanism("holds")
    static void holds() {}
  }

  @Test
  void aMethodThatJUnitPassesOverIsNoGreenRun() {
    told(PrivateTrial.class, "@Trials on get: the method is private, so JUnit does not run it");
    told(ReturningTrial.class, "@Trials on get: the method returns int, so JUnit does not run it");
    told(StaticMechanism.class, "@Mechanism on holds: the method is static, so JUnit does not");
  }

  static class NothingObserved extends First {
    private final List<String> replies = new ArrayList<>();

    @Trials
    void get() {}

    @Mechanism("every reply is right")
    void right() {
      assertThat(replies).allMatch("right"::equals);
    }
  }

  static class SomethingObserved extends NothingObserved {
    private final Map<String, Integer> counts = new HashMap<>();

    @Override
    @Trials
    void get() {
      counts.put("GET", 0);
    }
  }

  @Test
  void whatHoldsOverNothingIsNoResult() {
    told(
        NothingObserved.class,
        "the trials observed nothing: replies of NothingObserved is empty after the last one");
    assertThat(new Laboratory(folder.resolve("some")).run(SomethingObserved.class).failures())
        .isEmpty();
  }

  static class NoFactor extends First {
    @Trials
    void get(int size) {}
  }

  static class NoCollection extends First {
    int sizes() {
      return 1;
    }

    @Trials
    void get(@Factor("sizes") int size) {}
  }

  static class WrongType extends First {
    List<String> sizes() {
      return List.of("small");
    }

    @Trials
    void get(@Factor("sizes") int size) {}
  }

  @Test
  void aFactorThatIsNoneIsExplained() {
    told(NoFactor.class, "@Trials on get: its parameter of type int has no @Factor; add @Factor(");
    told(NoCollection.class, "the method returns int, it must return a collection");
    told(
        WrongType.class,
        "@Factor(\"sizes\") on get: its level small is of type String, and the parameter of type"
            + " int");
  }

  static class NoTrials extends First {
    @Trials(0)
    void get() {}
  }

  static class Widened extends First {
    List<Integer> sizes() {
      return List.of(1);
    }

    @Trials
    void get(@Factor("sizes") long size, @Factor("sizes") Number number) {}
  }

  /** The cause comes first, and the run is not called partial because of it. */
  @Test
  void whatIsWrongWithTrialsMakesTheRunInvalid() {
    for (Class<?> mistake : List.of(NoCollection.class, WrongType.class, NoTrials.class)) {
      Outcome outcome = new Laboratory(folder).run(mistake);
      assertThat(outcome.failures()).hasSize(1);
      assertThat(outcome.skipReasons())
          .singleElement()
          .asString()
          .startsWith("the run is invalid already: get: ");
    }
    told(NoTrials.class, "@Trials on get: `value` = 0 must be at least 1");
    assertThat(new Laboratory(folder).run(Widened.class).failures()).isEmpty();
  }

  @Tag("asserts-nothing")
  @Experiment(title = "t", shows = "s", doesNotShow = "d")
  static class AssertsNothing {
    @Trials
    void get() {}
  }

  @Test
  void anExperimentThatAssertsNothingIsRefused() {
    told(
        AssertsNothing.class,
        "@Experiment on AssertsNothing: it asserts nothing; add a @Mechanism, or");
  }

  static class WithNested extends First {
    @Trials
    void get() {}

    @Nested
    class Inner {
      @Test
      void more() {}
    }
  }

  @Test
  void aNestedClassIsRefusedByName() {
    told(WithNested.class, "@Nested on Inner: the experiment WithNested runs its own methods only");
  }

  static class NoExperiment {
    @Mechanism("holds")
    void holds(Lab lab) {}
  }

  static class TrialsOfNoExperiment {
    @Trials
    void get(Lab lab) {}
  }

  @Test
  void aMissingExperimentIsNamed() {
    told(NoExperiment.class, "@Mechanism on holds: NoExperiment has no @Experiment; add");
    told(
        TrialsOfNoExperiment.class, "@Trials on get: TrialsOfNoExperiment has no @Experiment; add");
  }

  static class UnknownParameter extends First {
    @Trials(parameter = "first.trials")
    void get() {}
  }

  static class InstanceParameter extends First {
    @SuppressWarnings("FieldCanBeStatic") // that it is not is the mistake
    private final Parameter<Integer> size = Parameter.integer("first.size", 1, 1, 2);

    @Trials
    void get(Lab lab) {
      lab.get(size);
    }
  }

  @Test
  void aParameterThatIsNotDeclaredIsExplained() {
    told(UnknownParameter.class, "`parameter` = \"first.trials\" is no declared integer parameter");
    told(
        InstanceParameter.class,
        "first.size is not declared; make it a static final field of the experiment");
  }

  static class NoSuchProgram extends First {
    @Trials
    void get(Lab lab) {
      lab.command("a-server-that-nobody-has", "{port}").start();
    }
  }

  static class PortTaken extends First {
    @Trials
    void get(Lab lab) throws IOException {
      String server = Path.of(System.getProperty("java.home"), "bin", "jwebserver").toString();
      try (ServerSocket taken = new ServerSocket(0)) {
        String port = Integer.toString(taken.getLocalPort());
        lab.command(server, "-p", port).readyWhen("Serving").start();
      }
    }
  }

  static class NoPort extends First {
    @Trials
    void get(Lab lab) {
      lab.command("sh", "-c", "echo ready; exec cat").readyWhen("ready").start().port();
    }
  }

  static class OneHost extends First {
    @Trials
    void get(Lab lab) {
      lab.peer();
    }
  }

  @Test
  void aSubjectThatCannotBeReachedIsExplained() {
    told(NoSuchProgram.class, "subject a-server-that-nobody-has cannot be started: Cannot run");
    told(PortTaken.class, SystemWords.ADDRESS_IN_USE.toString());
    told(NoPort.class, "subject sh has no port: use {port} in its command, or a ready pattern");
    told(
        OneHost.class, "this experiment has one host; ask for two with @PrivateNetwork(hosts = 2)");
  }

  static class EqualStatements extends First {
    @Trials
    void get() {}

    @Mechanism("x holds")
    void one() {}

    @Mechanism("x holds")
    void other() {}
  }

  static class StatementLikeThatOfATestCase extends First {
    @Trials
    void get() {}

    @Mechanism("alsoATest")
    void one() {}
  }

  @Test
  void mechanismsThatCannotBeToldApartAreRefused() {
    told(
        EqualStatements.class,
        "EqualStatements: the methods one and other have the same statement, \"x holds\"");
    told(
        StatementLikeThatOfATestCase.class,
        "StatementLikeThatOfATestCase: the methods alsoATest and one have the same statement, \"alsoATest\"");
  }

  @Tag("climbs")
  @Experiment(title = "t", shows = "s", doesNotShow = "d", artifact = "../keep")
  static class ForeignFolder {
    @Trials
    void get() {}

    @Mechanism("holds")
    void holds() {}
  }

  @Tag("../keep")
  @Experiment(title = "t", shows = "s", doesNotShow = "d")
  static class ForeignTag {
    @Trials
    void get() {}

    @Mechanism("holds")
    void holds() {}
  }

  @Test
  void anArtifactsNameDoesNotEmptyAForeignFolder() throws IOException {
    Path kept = Files.writeString(Files.createDirectories(folder.resolve("keep")).resolve("a"), "");
    told(ForeignFolder.class, "@Experiment on ForeignFolder: `artifact` = \"../keep\" must be");
    assertThat(kept).exists();
    told(
        ForeignTag.class,
        "@Experiment on ForeignTag: its name is its @Tag \"../keep\", which must");
    assertThat(kept).exists();
  }

  private void told(Class<?> mistake, String message) {
    Outcome outcome = new Laboratory(folder).run(mistake);
    assertThat(outcome.failures()).singleElement().asString().contains(message);
  }
}
