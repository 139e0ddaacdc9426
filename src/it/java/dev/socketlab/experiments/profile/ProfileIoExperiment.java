package dev.socketlab.experiments.profile;

import static dev.socketlab.assertion.LabAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.socketlab.assertion.SyscallMixAssert;
import dev.socketlab.experiment.Experiment;
import dev.socketlab.experiment.Factor;
import dev.socketlab.experiment.Lab;
import dev.socketlab.experiment.Mechanism;
import dev.socketlab.experiment.PrivateNetwork;
import dev.socketlab.experiment.RequiresTracer;
import dev.socketlab.experiment.Trial;
import dev.socketlab.experiment.Trials;
import dev.socketlab.experiments.GatewayThreads;
import dev.socketlab.experiments.profile.Expectations.Explained;
import dev.socketlab.experiments.profile.Usage.State;
import dev.socketlab.gate.RequiresLinux;
import dev.socketlab.place.Subject;
import dev.socketlab.place.SubjectBuilder;
import dev.socketlab.probe.ProcessUsage;
import dev.socketlab.probe.ProcessUsageDelta;
import dev.socketlab.probe.ProtocolCounters;
import dev.socketlab.probe.ThreadGroupUsage;
import dev.socketlab.qsl.app.Qsl;
import dev.socketlab.trace.SyscallFamily;
import dev.socketlab.trace.SyscallMix;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
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

  private final List<Usage> usages = new ArrayList<>();
  private final Map<String, SyscallMix> mixes = new LinkedHashMap<>();

  List<String> transports() {
    return List.of("threaded", "nio");
  }

  /** The gateway; controls put saboteurs in its place. */
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
        .jvmFlags(GatewayThreads.KEEP_COMPILERS, GatewayThreads.IGNORE_CONTROL_GROUP)
        .readyWhen("listening on 127\\.0\\.0\\.1:(\\d+) transport=" + transport);
  }

  /** What the books hold of an observation; controls cook them. */
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
    ProcessUsageDelta used = ProcessUsage.read(gateway.pid()).since(before);
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

  @Trials
  @Order(2)
  @RequiresTracer
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

  @Mechanism(
      "accept, read, write and close cost each round trip a whole number of calls, as budgeted")
  @Order(3)
  @RequiresTracer
  void servingCallsAreIntegers(Lab lab) {
    List<String> found = new ArrayList<>();
    mixes.forEach((transport, mix) -> {
      SyscallMixAssert calls = assertThat(mix);
      Expectations.of(transport)
          .budget()
          .forEach((family, count) -> calls.callsPerOperation(family).isEqualTo(count));
      found.add(
          "%s: read %d, write %d"
              .formatted(
                  transport,
                  mix.slope(SyscallFamily.READ).nearestInteger(),
                  mix.slope(SyscallFamily.WRITE).nearestInteger()));
    });
    lab.evidence(String.join("; ", found));
  }

  @Mechanism("no other call comes to half a call per round trip, unless the transport explains it")
  @Order(4)
  @RequiresTracer
  void nothingElseIsCalled(Lab lab) {
    mixes.forEach((transport, mix) -> {
      Expectations expected = Expectations.of(transport);
      Set<String> known = new TreeSet<>();
      expected.budget().keySet().forEach(family -> known.addAll(family.members()));
      for (Explained other : expected.others()) {
        assertThat(mix).callsPerOperation(other.calls()).isAtMost(other.atMost());
        known.addAll(other.calls());
      }
      assertThat(mix).makesNoOtherCallThan(known, 0.5);
    });
    lab.evidence(
        "not counted, because never stable: "
            + String.join(", ", new TreeSet<>(SyscallMix.RUNTIME_CALLS)));
  }

  @Mechanism("while nobody asks, no serving thread runs")
  @Order(5)
  void atRestNothingRuns(Lab lab) {
    assertThat(usages).allSatisfy(usage -> assertThat(usage.rested()).as("%s", usage).isTrue());
    lab.evidence("%d of %d came to rest".formatted(usages.size(), usages.size()));
  }

  @Mechanism("the threads' ticks add up to the process's, within two ticks for each thread")
  @Order(6)
  void threadsAddUpToTheProcess(Lab lab) {
    List<String> found = new ArrayList<>();
    for (Usage usage : usages) {
      ThreadGroupUsage threads = usage.used().threads().total();
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
    ProfileReport.fill(lab.report(), usages, mixes, lab.get(TRACER));
  }
}
