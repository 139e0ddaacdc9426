package dev.socketlab.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.socketlab.artifact.MechanismVerdict;
import dev.socketlab.artifact.Verdict;
import dev.socketlab.experiment.EndingServer.Ending;
import dev.socketlab.gate.RequiresLinux;
import dev.socketlab.subject.Subject;
import dev.socketlab.testkit.Laboratory;
import dev.socketlab.trace.CounterMix;
import dev.socketlab.trace.internal.CounterMeasurement;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/** What the kernel counts for one operation: three known causes, each with its control. */
@Tag("controls")
@RequiresLinux
@Isolated("its fixtures are experiments, which measure this JVM and its machine")
class CountersPerOperationIT {

  private static final String LOOPBACK = "127.0.0.1";
  private static final int REQUESTS = 25;
  private static final int CONNECTIONS = 50;

  private @TempDir Path folder;

  /** A request in two writes, on one connection; its reply tells the client to send the next. */
  @Tag("nagle")
  @Experiment(
      title = "What a request in two writes waits for",
      shows = "that Nagle's algorithm makes each request wait for a delayed ACK",
      doesNotShow = "how long that is")
  @PrivateNetwork(required = true)
  static class NagleCase {
    private final List<CounterMix> waiting = new ArrayList<>();

    /** Whole on a machine that is at rest, see the page on budgets; bounded here on any. */
    @Trials
    @CountersPerOperation(
        operation = "request",
        budget = {
          @Counts(
              of = "TcpExt.DelayedACKs",
              atMost = 0.5,
              because = "an ACK goes alone where the reply takes longer than its timer"),
          @Counts(of = "Tcp.OutSegs", atMost = 4.5, because = "of both ends, none of them waits"),
          @Counts(of = "Tcp.OutRsts", exactly = 0)
        })
    void withoutNagle(Lab lab) {
      count(lab, true);
    }

    @Trials
    void withNagle(Lab lab) {
      waiting.add(count(lab, false));
      lab.report().table(MixTables.perOperation("with Nagle's algorithm", waiting.getFirst()));
    }

    @Mechanism("with Nagle's algorithm requests wait for a delayed ACK")
    void requestsWait() {
      assertThat(waiting.getFirst().slope("TcpExt.DelayedACKs").perOperation()).isBetween(0.5, 2.0);
    }

    private CounterMix count(Lab lab, boolean noDelay) {
      return lab.counters(() -> EndingServer.at(LOOPBACK, Ending.ORDERLY, lab))
          .perOperation(REQUESTS, (server, requests) -> request(server, requests, noDelay));
    }

    void request(Subject server, long requests, boolean noDelay) throws IOException {
      try (Socket socket = EndingClient.connect(server)) {
        socket.setTcpNoDelay(noDelay);
        for (long i = 0; i < requests; i++) {
          socket.getOutputStream().write('a');
          socket.getOutputStream().write('b');
          assertThat(socket.getInputStream().read()).isEqualTo('r');
        }
      }
    }

    @Control(value = "forgets TCP_NODELAY", fails = "withoutNagle")
    static class AlwaysNagle extends NagleCase {
      @Override
      void request(Subject server, long requests, boolean noDelay) throws IOException {
        super.request(server, requests, false);
      }
    }

    @Control(value = "sets TCP_NODELAY where it should not be", fails = "requestsWait")
    static class NeverNagle extends NagleCase {
      @Override
      void request(Subject server, long requests, boolean noDelay) throws IOException {
        super.request(server, requests, true);
      }
    }
  }

  @Tag("soak")
  @Test
  void nagleWaitsForADelayedAckOfEachRequest() throws IOException {
    assertThat(run(NagleCase.class, "nagle"))
        .containsExactly(
            "with Nagle's algorithm requests wait for a delayed ACK: HOLDS",
            "each request counts in the kernel what its budget says: HOLDS");
  }

  /** A connection that its server ends in a way of its own. */
  abstract static class EndingCase {
    Ending ending() {
      return Ending.FIRST;
    }

    void count(Lab lab) {
      lab.counters(() -> EndingServer.at(LOOPBACK, ending(), lab))
          .perOperation(CONNECTIONS, EndingClient::connections);
    }
  }

  @Tag("unread")
  @Experiment(
      title = "What a close with unread input costs",
      shows = "that the kernel resets a connection whose input was not read",
      doesNotShow = "what the client loses")
  @PrivateNetwork(required = true)
  static class UnreadInputCase extends EndingCase {
    @Override
    Ending ending() {
      return Ending.UNREAD_INPUT;
    }

    @Trials
    @CountersPerOperation(
        operation = "connection",
        budget = {
          @Counts(of = "TcpExt.TCPAbortOnClose", exactly = 1),
          @Counts(of = "Tcp.OutRsts", exactly = 1)
        })
    void connection(Lab lab) {
      count(lab);
    }

    @Control(value = "reads all input before it closes", fails = "connection")
    static class Drains extends UnreadInputCase {
      @Override
      Ending ending() {
        return Ending.FIRST;
      }
    }
  }

  @Test
  void aCloseWithUnreadInputIsOneAbortAndOneReset() throws IOException {
    assertThat(run(UnreadInputCase.class, "unread"))
        .containsExactly("each connection counts in the kernel what its budget says: HOLDS");
  }

  @Tag("linger")
  @Experiment(
      title = "What a close with SO_LINGER 0 costs",
      shows = "that the kernel resets a connection that does not linger",
      doesNotShow = "what the client loses")
  @PrivateNetwork(required = true)
  static class LingerCase extends EndingCase {
    @Override
    Ending ending() {
      return Ending.LINGER_0;
    }

    @Trials
    @CountersPerOperation(
        operation = "connection",
        budget = {
          @Counts(of = "TcpExt.TCPAbortOnData", exactly = 1),
          @Counts(of = "TcpExt.TCPAbortOnClose", exactly = 0),
          @Counts(of = "Tcp.OutRsts", exactly = 1)
        })
    void connection(Lab lab) {
      count(lab);
    }

    @Control(value = "closes without SO_LINGER", fails = "connection")
    static class Lingers extends LingerCase {
      @Override
      Ending ending() {
        return Ending.FIRST;
      }
    }
  }

  @Test
  void aCloseWithLingerZeroIsOneAbortAndOneReset() throws IOException {
    assertThat(run(LingerCase.class, "linger"))
        .containsExactly("each connection counts in the kernel what its budget says: HOLDS");
  }

  @Test
  void inTheNetworkOfTheHostABudgetIsInconclusive() throws IOException {
    MechanismVerdict verdict =
        new Laboratory(folder)
            .with("socketlab.place", "host")
            .run(SharedCase.class)
            .artifact("shared")
            .orElseThrow()
            .mechanisms()
            .getFirst();
    assertThat(verdict.verdict()).isEqualTo(Verdict.INCONCLUSIVE);
    assertThat(verdict.detail()).contains("where others count too");
  }

  @Tag("shared")
  @Experiment(title = "On the host's network", shows = "nothing", doesNotShow = "all")
  @PrivateNetwork
  static class SharedCase extends EndingCase {
    @Override
    Ending ending() {
      return Ending.UNREAD_INPUT;
    }

    @Trials
    @CountersPerOperation(
        operation = "connection",
        budget = @Counts(of = "Tcp.OutRsts", exactly = 0))
    void connection(Lab lab) {
      assertThat(lab.hasPrivateNetwork()).isFalse();
      count(lab);
    }
  }

  /** The same close, where only one of the hosts sends the reset. */
  @Tag("two-hosts")
  @Experiment(
      title = "Which host resets",
      shows = "that counters can be read at either end of a link",
      doesNotShow = "anything else")
  @PrivateNetwork(hosts = 2)
  static class TwoHostsCase {
    private final Map<String, CounterMix> mixes = new TreeMap<>();

    @Trials
    void here(Lab lab) {
      mixes.put("here", counters(lab).perOperation(CONNECTIONS, EndingClient::connections));
    }

    @Trials
    void peer(Lab lab) {
      mixes.put(
          "peer",
          counters(lab).countedOn(lab.peer()).perOperation(CONNECTIONS, EndingClient::connections));
    }

    private static CounterMeasurement counters(Lab lab) {
      String address = lab.peer().address().getHostAddress();
      return lab.counters(() -> EndingServer.at(address, Ending.UNREAD_INPUT, lab).on(lab.peer()));
    }

    @Mechanism("the server's host sends the reset, and its client's opens the connection")
    void eachHostCountsWhatItDoes() {
      assertThat(mixes.get("peer")).satisfies(peer -> assertSlopes(peer, 1, 0));
      assertThat(mixes.get("here")).satisfies(here -> assertSlopes(here, 0, 1));
    }

    /**
     * Not OutRsts: over a link an acknowledgement may cross the reset, and is answered by another.
     */
    private static void assertSlopes(CounterMix mix, long aborts, long opens) {
      assertThat(
              List.of("TcpExt.TCPAbortOnClose", "Tcp.ActiveOpens").stream()
                  .map(name -> mix.slope(name).whole()))
          .as(mix.toString())
          .containsExactly(OptionalLong.of(aborts), OptionalLong.of(opens));
    }
  }

  @Test
  void withTwoHostsEachHasItsOwnCounters() throws IOException {
    assertThat(run(TwoHostsCase.class, "two_hosts"))
        .containsExactly(
            "the server's host sends the reset, and its client's opens the connection: HOLDS");
  }

  /** Runs an experiment with its controls; one that was missed makes a mechanism VACUOUS. */
  private List<String> run(Class<?> experiment, String name) throws IOException {
    Laboratory.Outcome outcome = new Laboratory(folder).run(experiment);
    assertThat(outcome.failures()).isEmpty();
    assumeThat(outcome.skipReasons()).as("the gates that are closed").isEmpty();
    return outcome.artifact(name).orElseThrow().mechanisms().stream()
        .map(mechanism -> mechanism.statement() + ": " + mechanism.verdict().label())
        .toList();
  }
}
