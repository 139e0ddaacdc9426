package dev.socketlab.experiments.load;

import dev.socketlab.experiment.Control;
import dev.socketlab.experiment.Experiment;
import dev.socketlab.experiment.Lab;
import dev.socketlab.experiment.Parameter;
import dev.socketlab.experiment.PrivateNetwork;
import dev.socketlab.gate.RequiresLinux;
import dev.socketlab.qsl.app.Qsl;
import dev.socketlab.qsl.gateway.LoadMutant;
import dev.socketlab.qsl.gateway.LoadMutant.Mutation;
import dev.socketlab.qsl.gateway.TransportKind;
import dev.socketlab.subject.SubjectBuilder;
import java.util.List;
import org.junit.jupiter.api.Tag;

/** Five transports of one gateway, from one client to sixteen. */
@Tag("socket-load")
@Experiment(
    title = "The order gateway: transports under concurrent connections",
    artifact = "socket_load_summary",
    shows = {
      "That each transport completes and answers every session, and that the kernel has dropped,"
          + " repeated and reset nothing on the way.",
      "How each transport spends threads on connections, and CPU time and switches on sessions.",
      "Which transports this run can tell apart, by a rank test over interleaved trials."
    },
    doesNotShow = {
      "Capacity or production latency: driver and gateway share this machine's processors, and on"
          + " loopback there is no NIC, driver or route.",
      "Steady state: a gateway is a few thousand sessions old, so that part of its code is still"
          + " interpreted and being compiled.",
      "That two transports are equal where it says not separable: only that these trials do not"
          + " tell."
    })
@RequiresLinux
@PrivateNetwork
class SocketLoadExperiment extends LoadSweep {

  private static final String ONE_TRIAL = "socketlab.load.trials=1";
  private static final String EIGHT_CLIENTS = "socketlab.load.counts=8";
  private static final String FEW_SESSIONS = "socketlab.load.sessions=200";
  private static final String PARTIAL_ALLOWED = "socketlab.load.allow-partial=1";

  /** The numbers of clients. */
  static final Parameter<List<Integer>> COUNTS =
      Parameter.integers("socketlab.load.counts", List.of(1, 4, 8, 16), 1, 10_000)
          .environment("QSL_LOAD_COUNTS")
          .unit("clients")
          .doc("numbers of concurrent clients");

  @Override
  List<Integer> clients(Lab lab) {
    return lab.get(COUNTS);
  }

  /**
   * One gateway with a thread for each connection that has a mutation; its ledger needs a network
   * of their own.
   */
  @PrivateNetwork(required = true)
  abstract static class BrokenGateway extends SocketLoadExperiment {
    private final Mutation mutation;

    BrokenGateway(Mutation mutation) {
      this.mutation = mutation;
    }

    @Override
    List<TransportKind> transports(Lab lab) {
      return List.of(TransportKind.THREADED);
    }

    @Override
    SubjectBuilder gateway(Lab lab, TransportKind transport, int backlog) {
      return lab.java(LoadMutant.class, mutation.name())
          .named("mutant")
          .readyWhen("listening on 127\\.0\\.0\\.1:(\\d+)");
    }
  }

  @Control(
      value = "closes each hundredth session at once",
      fails = {},
      invalidates = "sessions were not completed (socketlab.load.allow-partial allows that)",
      trials = "load",
      with = {ONE_TRIAL, EIGHT_CLIENTS, FEW_SESSIONS})
  static class Dropping extends BrokenGateway {
    Dropping() {
      super(Mutation.DROP_EACH_100TH);
    }
  }

  /** Mechanism 1 is INCONCLUSIVE then. */
  @Control(
      value = "closes each hundredth session at once, where partial runs are allowed",
      fails = "kernelBooksBalance",
      trials = "load",
      with = {ONE_TRIAL, EIGHT_CLIENTS, FEW_SESSIONS, PARTIAL_ALLOWED})
  static class DroppingAllowed extends BrokenGateway {
    DroppingAllowed() {
      super(Mutation.DROP_EACH_100TH);
    }
  }

  /** A client that reads a wrong reply leaves at once: by a reset, and before it was counted. */
  @Control(
      value = "gives two sessions each other's replies",
      fails = {"everySessionCompletes", "everyReplyIsRight"},
      mayFail = {"kernelBooksBalance", "threadsFollowTheModel"},
      trials = "load",
      with = {ONE_TRIAL, EIGHT_CLIENTS, FEW_SESSIONS})
  static class MixingUp extends BrokenGateway {
    MixingUp() {
      super(Mutation.MIX_UP_REPLIES);
    }
  }

  /** What the full queue drops is repeated a second later, or answered by a reset. */
  @Control(
      value = "has a backlog of 1 and accepts late: its queue overflows",
      fails = "kernelBooksBalance",
      trials = "load",
      with = {ONE_TRIAL, EIGHT_CLIENTS, FEW_SESSIONS, PARTIAL_ALLOWED})
  static class ShortQueue extends BrokenGateway {
    ShortQueue() {
      super(Mutation.BACKLOG_1);
    }
  }

  @Control(
      value = "leaves a thread behind with each session",
      fails = "threadsDoNotGrowWithSessions",
      trials = "load",
      with = {ONE_TRIAL, EIGHT_CLIENTS, FEW_SESSIONS})
  static class Leaking extends BrokenGateway {
    Leaking() {
      super(Mutation.LEAK_A_THREAD);
    }
  }

  @Control(
      value = "is a selector that says it were a thread for each connection",
      fails = "threadsFollowTheModel",
      trials = "load",
      with = {ONE_TRIAL, EIGHT_CLIENTS, FEW_SESSIONS})
  static class UnderAFalseName extends BrokenGateway {
    UnderAFalseName() {
      super(Mutation.NONE);
    }

    @Override
    SubjectBuilder gateway(Lab lab, TransportKind transport, int backlog) {
      return lab.java(Qsl.class, "gateway", "{port}", "--transport", "nio", "--until-eof")
          .readyWhen("listening on 127\\.0\\.0\\.1:(\\d+)");
    }
  }
}
