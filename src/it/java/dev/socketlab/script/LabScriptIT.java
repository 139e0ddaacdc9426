package dev.socketlab.script;

import static org.assertj.core.api.Assertions.assertThat;

import dev.socketlab.experiment.Experiment;
import dev.socketlab.experiment.Factor;
import dev.socketlab.experiment.Lab;
import dev.socketlab.experiment.Mechanism;
import dev.socketlab.experiment.PrivateNetwork;
import dev.socketlab.experiment.Trials;
import dev.socketlab.script.FaultyServer.Fault;
import dev.socketlab.script.ScriptedConnection.Outcome;
import dev.socketlab.subject.Subject;
import dev.socketlab.testkit.Laboratory;
import dev.socketlab.testkit.PrivateNetworks;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/** Scripts within experiments: in whatever network the trial is, and no longer than it. */
@Tag("isolation")
@Isolated("its fixtures are experiments, which measure this JVM and its machine")
class LabScriptIT {

  private @TempDir Path folder;

  @Tag("every-ending")
  @Experiment(title = "x", shows = "x", doesNotShow = "x")
  @PrivateNetwork(required = true)
  static class EveryEndingCase {
    private final List<Ending> played = new ArrayList<>();

    @Trials
    void isAsBefore(@Factor Ending ending, Lab lab) {
      Subject server = lab.java(FaultyServer.class, "{port}", Fault.NONE.name()).start();
      ending.play(lab.script(), server, FaultyServer.Ping::new, 4).assertClean();
      played.add(ending);
    }

    @Mechanism("a connection that ends, however it does, leaves nothing behind")
    void everyEnding(Lab lab) {
      assertThat(played).containsExactly(Ending.values());
      lab.evidence(played.size() + " endings");
    }
  }

  @Tag("faulty-ending")
  @Experiment(title = "x", shows = "x", doesNotShow = "x")
  @PrivateNetwork(required = true)
  static class FaultyEndingCase {
    private final List<Ending> played = new ArrayList<>();

    @Trials
    void isAsBefore(Lab lab) {
      Subject server =
          lab.java(FaultyServer.class, "{port}", Fault.LEAVES_CLOSE_WAIT.name()).start();
      played.add(Ending.CLOSE_MID_REQUEST);
      Script script = lab.script().within(Duration.ofSeconds(4)); // 20 looks at what stays
      Ending.CLOSE_MID_REQUEST.play(script, server, FaultyServer.Ping::new, 4).assertClean();
    }

    @Mechanism("a connection that ends, however it does, leaves nothing behind")
    void everyEnding() {
      assertThat(played).isNotEmpty();
    }
  }

  @Tag("other-host")
  @Experiment(title = "x", shows = "x", doesNotShow = "x")
  @PrivateNetwork(hosts = 2, required = true)
  static class OtherHostCase {
    private final List<Outcome> ends = new ArrayList<>();

    @Trials
    void acrossTheLink(Lab lab) throws Exception {
      InetSocketAddress there = new InetSocketAddress(lab.peer().address(), 0);
      ScriptedListener listener = lab.peer().call(() -> lab.script().listen(there));
      ScriptedConnection client = lab.script().connect(listener.address());
      ScriptedConnection server = lab.peer().call(listener::accept);
      client.send("ping");
      server.read(4);
      server.send("pong").close();
      assertThat(client.readToEnd()).hasSize(4);
      assertThat(server.account().segmentsSent().orElseThrow()).isPositive();
      ends.add(client.outcome());
    }

    @Mechanism("the end comes over the link")
    void theEndComes() {
      assertThat(ends).containsExactly(Outcome.EOF);
    }
  }

  private static @Nullable ScriptedConnection leftOpen;

  @Tag("left-open")
  @Experiment(title = "x", shows = "x", doesNotShow = "x")
  static class LeftOpenCase {
    private final List<Integer> read = new ArrayList<>();

    @Trials
    void asksNothing(Lab lab) {
      Subject server = lab.java(FaultyServer.class, "{port}", Fault.NONE.name()).start();
      lab.script().within(Duration.ofMillis(200));
      ScriptedConnection connection = lab.script().connect(server.address());
      leftOpen = connection;
      read.add(connection.read(1).length);
    }

    @Mechanism("a server speaks first")
    void speaksFirst() {
      assertThat(read).isNotEmpty();
    }
  }

  @Tag("soak")
  @Test
  void eachEndingIsATrialInAPrivateNetwork() {
    PrivateNetworks.openOrSkip().close();
    Laboratory.Outcome outcome = new Laboratory(folder).run(EveryEndingCase.class);
    assertThat(outcome.failures()).isEmpty();
    assertThat(outcome.started()).contains("isAsBefore RESET_MID_REPLY, trial 1 of 1");
  }

  @Test
  void whatAnEndingLeavesBehindIsAFailureAndEvidence() throws Exception {
    PrivateNetworks.openOrSkip().close();
    Laboratory.Outcome outcome = new Laboratory(folder).run(FaultyEndingCase.class);
    assertThat(outcome.failures())
        .first()
        .asString()
        .contains("CLOSE_MID_REQUEST on 4 connections at once")
        .contains("8 sockets in CLOSE_WAIT");
    assertThat(outcome.artifact("faulty_ending")).isPresent();
  }

  @Test
  void theOtherHostPlaysAlong() {
    PrivateNetworks.openOrSkip().close();
    assertThat(new Laboratory(folder).run(OtherHostCase.class).failures()).isEmpty();
  }

  @Test
  void aVerbThatIsLateSaysWhereTheSubjectStandsAndLeavesNothingOpen() {
    Laboratory.Outcome outcome = new Laboratory(folder).run(LeftOpenCase.class);
    assertThat(outcome.failures())
        .first()
        .asString()
        .contains("read 0 of 1 bytes")
        .contains("subject FaultyServer")
        .contains("ESTABLISHED");
    assertThat(leftOpen).extracting(ScriptedConnection::outcome).isEqualTo(Outcome.CLOSED);
  }
}
