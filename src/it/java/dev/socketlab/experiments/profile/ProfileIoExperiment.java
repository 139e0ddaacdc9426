package dev.socketlab.experiments.profile;

import static dev.socketlab.assertion.LabAssertions.assertThat;
import static dev.socketlab.trace.SyscallFamily.ACCEPT;
import static dev.socketlab.trace.SyscallFamily.CLOSE;
import static dev.socketlab.trace.SyscallFamily.READ;
import static dev.socketlab.trace.SyscallFamily.WRITE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.socketlab.experiment.Calls;
import dev.socketlab.experiment.Control;
import dev.socketlab.experiment.Experiment;
import dev.socketlab.experiment.Factor;
import dev.socketlab.experiment.Lab;
import dev.socketlab.experiment.Mechanism;
import dev.socketlab.experiment.PrivateNetwork;
import dev.socketlab.experiment.SyscallsPerOperation;
import dev.socketlab.experiment.Trial;
import dev.socketlab.experiment.Trials;
import dev.socketlab.experiments.GatewayThreads;
import dev.socketlab.experiments.profile.Usage.State;
import dev.socketlab.gate.RequiresLinux;
import dev.socketlab.gate.RequiresTracer;
import dev.socketlab.probe.ProcessUsage;
import dev.socketlab.probe.ProtocolCounters;
import dev.socketlab.probe.ThreadUsage;
import dev.socketlab.qsl.app.Qsl;
import dev.socketlab.qsl.gateway.MutantGateway;
import dev.socketlab.qsl.gateway.MutantGateway.Mutation;
import dev.socketlab.subject.Subject;
import dev.socketlab.subject.SubjectBuilder;
import dev.socketlab.trace.SyscallFamily;
import dev.socketlab.trace.SyscallMix;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;

/** Where the gateway's time goes, and what one round trip asks of the kernel. */
@Tag("profile-io")
@Experiment(
    title = "The order gateway: where its time goes, and what it asks of the kernel",
    artifact = "socket_profile_loopback",
    shows = {
      "How the gateway's CPU time splits between user space and the kernel, and between its serving"
          + " threads and the JVM's own.",
      "Which system calls one round trip costs, as integers: the difference of two loads leaves"
          + " nothing of the JVM's start-up in them.",
      "What the tracer does to the load it watches."
    },
    doesNotShow = {
      "Latency or throughput: the load is sequential, and on loopback there is no NIC, driver or"
          + " route.",
      "The time that a system call takes without a tracer: the classic table's times are those of"
          + " a slowed-down execution.",
      "What other loads cost: pipelined requests share reads and writes, idle connections cost none."
    })
@RequiresLinux
@PrivateNetwork
class ProfileIoExperiment implements ProfileParameters {

  private static final String FEW_ROUND_TRIPS = "socketlab.profile.connections=100";
  private static final String SHORT_WARM_UP = "socketlab.profile.warm-up=10";

  private final List<Usage> usages = new ArrayList<>();
  private final Map<String, SyscallMix> mixes = new LinkedHashMap<>();

  List<String> transports() {
    return List.of("threaded", "nio");
  }

  /** The gateway; controls put mutants in its place. */
  SubjectBuilder gateway(Lab lab, String transport) {
    int port = lab.get(PORT);
    return lab.java(
            Qsl.class,
            "gateway",
            port == 0 ? "{port}" : Integer.toString(port),
            "--transport",
            transport,
            "--until-eof")
        .named("gateway-" + transport)
        .jvmFlags(
            GatewayThreads.KEEP_COMPILERS,
            GatewayThreads.IGNORE_CONTROL_GROUP,
            GatewayThreads.IGNORE_OTHER_JVMS)
        .readyWhen("listening on 127\\.0\\.0\\.1:(\\d+) transport=" + transport);
  }

  /** What the ledger has of an observation; controls falsify it. */
  Usage observed(Usage usage) {
    return usage;
  }

  @Trials
  @Order(1)
  void usage(@Factor("transports") String transport, @Factor State state, Trial trial, Lab lab)
      throws IOException {
    Subject gateway = gateway(lab, transport).start();
    if (state == State.WARM) {
      RoundTrips.drive(gateway, lab.get(WARM_UP));
    }
    ProtocolCounters opened = ProtocolCounters.read();
    ProcessUsage before = ProcessUsage.read(gateway.pid());
    long completed = RoundTrips.drive(gateway, lab.get(CONNECTIONS)).completed();
    ProcessUsage.Delta used = ProcessUsage.read(gateway.pid()).since(before);
    OptionalLong accepted =
        lab.hasPrivateNetwork()
            ? OptionalLong.of(ProtocolCounters.read().since(opened).value("Tcp", "PassiveOpens"))
            : OptionalLong.empty();
    usages.add(
        observed(
            new Usage(
                transport, state, completed, accepted, used, Rest.isReachedBy(gateway.pid()))));
    trial.result("CPU %d ms for %d round trips".formatted(used.cpuTime().toMillis(), completed));
  }

  /** A call that no line names must stay below half a call. */
  @Trials
  @Order(2)
  @SyscallsPerOperation(
      operation = "round trip",
      at = "threaded",
      others = 0.5,
      budget = {
        @Calls(family = ACCEPT, exactly = RoundTrips.ACCEPTS, because = "the connection"),
        @Calls(
            family = READ,
            exactly = RoundTrips.READS,
            because = "the requests, and the end of the input"),
        @Calls(family = WRITE, exactly = RoundTrips.WRITES, because = "both replies in one"),
        @Calls(family = CLOSE, exactly = RoundTrips.CLOSES, because = "the end"),
        @Calls(of = "setsockopt", atMost = 1, because = "TCP_NODELAY"),
        @Calls(of = "getsockname", atMost = 2, because = "the JDK, at accept: address and port"),
        @Calls(of = "fcntl", atMost = 1, because = "the JDK, at accept: is it in blocking mode?")
      })
  @SyscallsPerOperation(
      operation = "round trip",
      at = "nio",
      others = 0.5,
      budget = {
        @Calls(family = ACCEPT, exactly = RoundTrips.ACCEPTS, because = "the connection"),
        @Calls(
            family = READ,
            exactly = RoundTrips.READS,
            because = "the requests, and the end of the input"),
        @Calls(family = WRITE, exactly = RoundTrips.WRITES, because = "both replies in one"),
        @Calls(family = CLOSE, exactly = RoundTrips.CLOSES, because = "the end"),
        @Calls(of = "setsockopt", atMost = 1, because = "TCP_NODELAY"),
        @Calls(of = "getsockname", atMost = 2, because = "the JDK, at accept: address and port"),
        @Calls(of = "fcntl", atMost = 3, because = "the JDK, at accept; to non-blocking mode"),
        @Calls(
            of = {"epoll_wait", "epoll_pwait"},
            atMost = 3,
            because = "connection, request and end of input"),
        @Calls(of = "epoll_ctl", atMost = 2, because = "registered, and removed at its close"),
        @Calls(of = "getsockopt", atMost = 1, because = "the JDK, at close: does it linger?"),
        @Calls(of = "shutdown", atMost = 1, because = "the JDK, at close of a registered channel")
      })
  void syscalls(@Factor("transports") String transport, Trial trial, Lab lab) {
    SyscallMix mix =
        lab.syscalls(() -> gateway(lab, transport))
            .tracedBy(lab.get(TRACER))
            .perOperation(lab.get(CONNECTIONS), RoundTrips::drive);
    mixes.put(transport, mix);
    trial.result(
        "read %s, write %s per round trip"
            .formatted(
                mix.slope(SyscallFamily.READ).perOperation(),
                mix.slope(SyscallFamily.WRITE).perOperation()));
  }

  @Mechanism("every round trip completes, on one connection of its own")
  @Order(1)
  void everyRoundTripHasItsConnection(Lab lab) {
    long wanted = lab.get(CONNECTIONS);
    for (Usage usage : usages) {
      assertThat(usage.roundTrips()).as("completed, of %s", usage).isEqualTo(wanted);
      usage
          .accepted()
          .ifPresent(accepted ->
              assertThat(accepted).as("Tcp PassiveOpens, of %s", usage).isEqualTo(wanted));
    }
    lab.evidence(
        "%d × %d of %d%s"
            .formatted(
                usages.size(),
                wanted,
                wanted,
                lab.hasPrivateNetwork() ? ", as many passive opens" : ""));
  }

  @Mechanism("each serving step takes part in every other round trip at least")
  @Order(2)
  @RequiresTracer
  void everyServingStepIsSeen(Lab lab) {
    mixes
        .values()
        .forEach(mix -> {
          for (SyscallFamily step : SyscallFamily.values()) {
            assertThat(mix).callsPerOperation(step).isAtLeast(0.5);
          }
        });
    lab.evidence(String.join(", ", mixes.keySet()));
  }

  @Mechanism("accept, read, write and close cost each round trip a whole number of calls")
  @Order(3)
  @RequiresTracer
  void servingCallsAreWhole(Lab lab) {
    List<String> found = new ArrayList<>();
    mixes.forEach((transport, mix) -> {
      for (SyscallFamily step : SyscallFamily.values()) {
        assertThat(mix.slope(step).whole()).as("%s of %s, %s", step, transport, mix).isPresent();
      }
      found.add(
          "%s: read %d, write %d"
              .formatted(
                  transport,
                  mix.slope(SyscallFamily.READ).nearestInteger(),
                  mix.slope(SyscallFamily.WRITE).nearestInteger()));
    });
    lab.evidence(String.join("; ", found));
  }

  @Mechanism("while nobody asks, no serving thread runs")
  @Order(4)
  void atRestNothingRuns(Lab lab) {
    assertThat(usages).allSatisfy(usage -> assertThat(usage.rested()).as("%s", usage).isTrue());
    lab.evidence("%d of %d came to rest".formatted(usages.size(), usages.size()));
  }

  @Mechanism("the threads' ticks add up to the process's, within two ticks for each thread")
  @Order(5)
  void threadsAddUpToTheProcess(Lab lab) {
    List<String> found = new ArrayList<>();
    for (Usage usage : usages) {
      ThreadUsage.Group threads = usage.used().threads().total();
      long sum = threads.userTicks() + threads.systemTicks();
      long process = usage.used().userTicks() + usage.used().systemTicks();
      long tolerance = 2L * threads.threads();
      found.add("%d of %d".formatted(sum, process));
      assertThat(sum)
          .as("ticks of %d threads, of %s", threads.threads(), usage)
          .isLessThanOrEqualTo(process + tolerance);
      if (!usage.used().threads().isLowerBound()) {
        assertThat(sum)
            .as("ticks of %d threads, none of which has ended, of %s", threads.threads(), usage)
            .isGreaterThanOrEqualTo(process - tolerance);
      }
    }
    lab.evidence(String.join(", ", found) + " ticks");
  }

  @AfterAll
  void report(Lab lab) {
    ProfileReport.fill(lab.report(), usages, mixes);
  }

  /** The experiment with one blocking gateway that has a mutation. */
  abstract static class BrokenGateway extends ProfileIoExperiment {
    private final Mutation mutation;

    BrokenGateway(Mutation mutation) {
      this.mutation = mutation;
    }

    @Override
    List<String> transports() {
      return List.of("threaded");
    }

    @Override
    SubjectBuilder gateway(Lab lab, String transport) {
      return lab.java(MutantGateway.class, mutation.name())
          .named("mutant")
          .jvmFlags(GatewayThreads.IGNORE_CONTROL_GROUP, GatewayThreads.IGNORE_OTHER_JVMS)
          .readyWhen("listening on 127\\.0\\.0\\.1:(\\d+)");
    }
  }

  @Control(
      value = "sends each reply in two writes",
      fails = "syscalls",
      trials = "syscalls",
      with = FEW_ROUND_TRIPS)
  static class TwoWrites extends BrokenGateway {
    TwoWrites() {
      super(Mutation.TWO_WRITES);
    }
  }

  @Control(
      value = "sends each second reply in two writes",
      fails = {"servingCallsAreWhole", "syscalls"},
      trials = "syscalls",
      with = FEW_ROUND_TRIPS)
  static class TwoWritesNowAndThen extends BrokenGateway {
    TwoWritesNowAndThen() {
      super(Mutation.TWO_WRITES_EACH_SECOND_TIME);
    }
  }

  @Control(
      value = "asks the kernel something before each read",
      fails = "syscalls",
      trials = "syscalls",
      with = FEW_ROUND_TRIPS)
  static class ExtraCall extends BrokenGateway {
    ExtraCall() {
      super(Mutation.EXTRA_CALL);
    }
  }

  /** How often it asks is a matter of timing: a larger load may make fewer calls than a smaller. */
  @Control(
      value = "asks again and again instead of waiting",
      fails = "atRestNothingRuns",
      trials = "usage",
      with = {FEW_ROUND_TRIPS, SHORT_WARM_UP})
  static class Spinning extends BrokenGateway {
    Spinning() {
      super(Mutation.SPIN);
    }
  }

  @Control(
      value = "ends its output and keeps the socket",
      fails = {"everyServingStepIsSeen", "syscalls"},
      trials = "syscalls",
      with = FEW_ROUND_TRIPS)
  static class NeverClosing extends BrokenGateway {
    NeverClosing() {
      super(Mutation.NEVER_CLOSE);
    }
  }

  @PrivateNetwork(required = true)
  @Control(
      value = "opens a connection to itself for each one that it serves",
      fails = "everyRoundTripHasItsConnection",
      trials = "usage",
      with = {FEW_ROUND_TRIPS, SHORT_WARM_UP})
  static class ExtraConnection extends BrokenGateway {
    ExtraConnection() {
      super(Mutation.EXTRA_CONNECTION);
    }
  }

  @Control(
      value = "(an honest one, with cooked ledger) used more ticks than its threads did",
      fails = "threadsAddUpToTheProcess",
      trials = "usage",
      with = {FEW_ROUND_TRIPS, SHORT_WARM_UP})
  static class CookedTicks extends BrokenGateway {
    CookedTicks() {
      super(Mutation.NONE);
    }

    @Override
    Usage observed(Usage usage) {
      ProcessUsage.Delta used = usage.used();
      return new Usage(
          usage.transport(),
          usage.state(),
          usage.roundTrips(),
          usage.accepted(),
          new ProcessUsage.Delta(
              used.ticksPerSecond(),
              used.userTicks() + 1_000,
              used.systemTicks(),
              used.minorFaults(),
              used.majorFaults(),
              used.peakRssKb(),
              used.threads()),
          usage.rested());
    }
  }

  @Control(
      value = "accepts its clients and drops them",
      fails = {},
      invalidates = "completed 0 of 100 round trips",
      trials = "usage",
      with = {FEW_ROUND_TRIPS, SHORT_WARM_UP})
  static class Dropping extends BrokenGateway {
    Dropping() {
      super(Mutation.ACCEPT_AND_DROP);
    }
  }
}
