package dev.socketlab.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.socketlab.testkit.Laboratory;
import dev.socketlab.testkit.Laboratory.Outcome;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What somebody gets wrong who writes a first experiment, and what he is told. */
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
    told(NoCollection.class, "the method returns int, it must return a collection of levels");
    told(WrongType.class, "resolved a value of type [java.lang.String] for parameter [int");
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
    told(PortTaken.class, "Address already in use");
    told(NoPort.class, "subject sh has no port: use {port} in its command, or a ready pattern");
    told(
        OneHost.class, "this experiment has one host; ask for two with @PrivateNetwork(hosts = 2)");
  }

  private void told(Class<?> mistake, String message) {
    Outcome outcome = new Laboratory(folder).run(mistake);
    assertThat(outcome.failures()).singleElement().asString().contains(message);
  }
}
