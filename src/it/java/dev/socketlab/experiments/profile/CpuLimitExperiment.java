package dev.socketlab.experiments.profile;

import static dev.socketlab.artifact.Column.informational;
import static dev.socketlab.assertion.LabAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.socketlab.artifact.Cell;
import dev.socketlab.artifact.Table;
import dev.socketlab.assertion.SyscallMixAssert;
import dev.socketlab.experiment.Control;
import dev.socketlab.experiment.Experiment;
import dev.socketlab.experiment.Factor;
import dev.socketlab.experiment.Inconclusive;
import dev.socketlab.experiment.Lab;
import dev.socketlab.experiment.Mechanism;
import dev.socketlab.experiment.MixTables;
import dev.socketlab.experiment.Trial;
import dev.socketlab.experiment.Trials;
import dev.socketlab.experiments.GatewayThreads;
import dev.socketlab.gate.RequiresDocker;
import dev.socketlab.gate.RequiresLinux;
import dev.socketlab.probe.CgroupCpu;
import dev.socketlab.probe.CgroupLimits;
import dev.socketlab.subject.ContainerBuilder;
import dev.socketlab.subject.Subject;
import dev.socketlab.trace.SyscallFamily;
import dev.socketlab.trace.SyscallMix;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;

/** What a container's CPU limit does to the gateway, and what it leaves as it is. */
@Tag("profile-io-container")
@Experiment(
    title = "The order gateway in a container: what a CPU limit does to it",
    shows = {
      "That a limit of the control group stops the gateway and does not slow its instructions: which"
          + " system calls a round trip costs is the same with any limit.",
      "How often and for how long the kernel stopped it, from the control group's own counters."
    },
    doesNotShow = {
      "Latency under a limit: the load is sequential, and a stop hits whichever round trip is under"
          + " way.",
      "What an orchestrator's requests and limits do: one container, one limit, an idle host."
    })
@RequiresLinux
@RequiresDocker(images = CpuLimitExperiment.IMAGE)
class CpuLimitExperiment implements CpuLimitParameters {

  static final String IMAGE = "socketlab-gateway:latest";

  /** What the gateway's serving steps cost a round trip outside, see {@code profile-io}. */
  private static final Map<SyscallFamily, Integer> OUTSIDE =
      Map.of(
          SyscallFamily.ACCEPT, RoundTrips.ACCEPTS,
          SyscallFamily.READ, RoundTrips.READS,
          SyscallFamily.WRITE, RoundTrips.WRITES,
          SyscallFamily.CLOSE, RoundTrips.CLOSES);

  private static final String FEW_ROUND_TRIPS = "socketlab.profile-container.round-trips=10";
  private static final String FEW_TRACED = "socketlab.profile-container.traced-round-trips=10";

  private final List<LimitedUsage> usages = new ArrayList<>();
  private final Map<String, SyscallMix> mixes = new LinkedHashMap<>();

  /**
   * What one limit did to one load.
   *
   * @param cpus the limit asked for
   * @param limits the limit that the kernel had
   * @param startUp what the control group used until the gateway was ready
   * @param roundTrips how many were completed
   * @param wall how long they took
   * @param used what the control group used in that time
   */
  record LimitedUsage(
      double cpus,
      CgroupLimits limits,
      CgroupCpu startUp,
      long roundTrips,
      Duration wall,
      CgroupCpu used) {

    double limit() {
      return (double) limits.cpuQuotaUs().orElseThrow() / limits.cpuPeriodUs();
    }

    /** Processors' worth of time in the periods of the start in which there was work to do. */
    double startUpShare() {
      return startUp.usedNs() / (1_000.0 * limits.cpuPeriodUs() * startUp.periods());
    }

    /** The most that the limit allows: a quota for each period that the window touches. */
    Duration allowed() {
      long periods = wall.toNanos() / (1_000 * limits.cpuPeriodUs()) + 2;
      return Duration.ofNanos(1_000 * periods * limits.cpuQuotaUs().orElseThrow());
    }
  }

  List<Double> cpus() {
    return List.of(0.5, 1.0);
  }

  /** The gateway in its container; controls put others in its place. */
  ContainerBuilder gateway(Lab lab, double cpus) {
    return lab.container(IMAGE)
        .named("gateway-" + cpus)
        .cpus(cpus)
        .readyWhen("listening on 0\\.0\\.0\\.0:(\\d+) transport=threaded");
  }

  /** The load under the tracer; controls drive something else. */
  void drive(Subject gateway, long roundTrips) throws IOException {
    RoundTrips.drive(gateway, roundTrips);
  }

  /** What the ledger has of an observation; controls falsify it. */
  LimitedUsage observed(LimitedUsage usage) {
    return usage;
  }

  @Trials
  @Order(1)
  void usage(@Factor("cpus") double cpus, Trial trial, Lab lab) throws IOException {
    Subject gateway = gateway(lab, cpus).start();
    CgroupLimits limits = CgroupLimits.ofProcess(gateway.pid());
    CgroupCpu before = CgroupCpu.ofProcess(gateway.pid());
    long start = System.nanoTime();
    long roundTrips = RoundTrips.drive(gateway, lab.get(ROUND_TRIPS)).completed();
    Duration wall = Duration.ofNanos(System.nanoTime() - start);
    CgroupCpu used = CgroupCpu.ofProcess(gateway.pid()).since(before);
    usages.add(observed(new LimitedUsage(cpus, limits, before, roundTrips, wall, used)));
    trial.result(
        "start stopped in %d of %d periods; CPU %d ms in %d ms"
            .formatted(
                before.throttledPeriods(),
                before.periods(),
                used.used().toMillis(),
                wall.toMillis()));
  }

  @Trials
  @Order(2)
  void syscalls(@Factor("cpus") double cpus, Trial trial, Lab lab) {
    SyscallMix mix =
        lab.syscalls(() ->
                gateway(lab, cpus)
                    .environment("JDK_JAVA_OPTIONS", GatewayThreads.IGNORE_CONTROL_GROUP))
            .perOperation(lab.get(TRACED_ROUND_TRIPS), this::drive);
    mixes.put(cpus + " CPU", mix);
    trial.result(
        "read %s, write %s per round trip"
            .formatted(
                mix.slope(SyscallFamily.READ).perOperation(),
                mix.slope(SyscallFamily.WRITE).perOperation()));
  }

  @Mechanism("the control group has the limit that was asked for, and every round trip completes")
  @Order(1)
  void theLimitIsInForce(Lab lab) {
    int wanted = lab.get(ROUND_TRIPS);
    assertThat(usages)
        .hasSize(cpus().size())
        .allSatisfy(usage -> {
          assertThat(usage.limit()).isEqualTo(usage.cpus());
          assertThat(usage.roundTrips()).isEqualTo(wanted);
        });
    lab.evidence("%d × %d of %d round trips".formatted(usages.size(), wanted, wanted));
  }

  @Mechanism("accept, read, write and close cost what they cost outside a container, at any limit")
  @Order(2)
  void theCallsAreTheSame(Lab lab) {
    assertThat(mixes).hasSameSizeAs(cpus());
    mixes
        .values()
        .forEach(mix -> {
          SyscallMixAssert calls = assertThat(mix);
          OUTSIDE.forEach((family, count) -> calls.callsPerOperation(family).isEqualTo(count));
        });
    lab.evidence("at " + String.join(", ", mixes.keySet()));
  }

  @Mechanism("no more CPU time is used than a quota for each period that the load touches")
  @Order(3)
  void theLimitHolds(Lab lab) {
    List<String> found = new ArrayList<>();
    for (LimitedUsage usage : usages) {
      found.add(
          "%d of %d ms".formatted(usage.used().used().toMillis(), usage.allowed().toMillis()));
      assertThat(usage.used().used()).as("%s", usage).isLessThanOrEqualTo(usage.allowed());
    }
    lab.evidence(String.join(", ", found));
  }

  /** The start of a JVM wants a processor and more, if the host lets it. */
  @Mechanism("a start that wants more than the smaller limit is stopped by the kernel, and counted")
  @Order(4)
  void theStopsAreCounted(Lab lab) {
    LimitedUsage tight = usages.getFirst();
    LimitedUsage wide = usages.getLast();
    if (wide.startUpShare() < tight.limit()) {
      throw new Inconclusive(
          "with the larger limit the start used %.2f CPU: the host gave it no more than the smaller"
              .formatted(wide.startUpShare()));
    }
    assertThat(tight.startUp().throttledPeriods()).as("%s", tight).isPositive();
    assertThat(tight.startUp().throttledNs()).as("%s", tight).isPositive();
    lab.evidence(
        "stopped in %d of %d periods"
            .formatted(tight.startUp().throttledPeriods(), tight.startUp().periods()));
  }

  @AfterAll
  void report(Lab lab) {
    Table.Builder table =
        Table.named(
            "What the control group used, and when it was stopped",
            informational("limit").in("CPU").meaning("read from the control group"),
            informational("window"),
            informational("CPU").in("ms").meaning("of the whole container, exact"),
            informational("periods").meaning("in which it had work to do"),
            informational("stopped in").in("periods"),
            informational("stopped for").in("ms").meaning("summed over the processors"),
            informational("wall").in("ms"));
    for (LimitedUsage usage : usages) {
      row(
          table,
          usage,
          "start",
          usage.startUp(),
          Cell.notAvailable("from the first process to readiness"));
      row(
          table,
          usage,
          usage.roundTrips() + " round trips",
          usage.used(),
          Cell.whole(usage.wall().toMillis()));
    }
    lab.report().table(table);
    mixes.forEach((limit, mix) ->
        lab.report()
            .table(MixTables.perOperation("System calls per round trip: " + limit, mix, 0.05)));
    lab.report()
        .howToRead(
            "For the system calls the gateway's JVM does not know of its control group: one that"
                + " does opens and reads its files as time passes, which no round trip asks for.")
        .howToRead(
            "The gateway is driven from the host at the container's own address, not through a"
                + " published port. strace runs inside the container, with the engine's default"
                + " seccomp profile.");
  }

  private static void row(
      Table.Builder table, LimitedUsage usage, String window, CgroupCpu used, Cell wallMs) {
    table.row(
        Cell.decimal(usage.limit(), 2),
        window,
        used.used().toMillis(),
        used.periods(),
        used.throttledPeriods(),
        used.throttled().toMillis(),
        wallMs);
  }

  /** Without the pass under a tracer the calls are not known, and their mechanism fails too. */
  @Control(
      value = "every gateway gets twice the limit",
      fails = "theLimitIsInForce",
      mayFail = {"theCallsAreTheSame", "theStopsAreCounted"},
      trials = "usage",
      with = FEW_ROUND_TRIPS)
  static class Lax extends CpuLimitExperiment {
    @Override
    ContainerBuilder gateway(Lab lab, double cpus) {
      return super.gateway(lab, cpus).cpus(2 * cpus);
    }
  }

  @Control(
      value = "makes two round trips where one is counted",
      fails = "theCallsAreTheSame",
      with = {FEW_ROUND_TRIPS, FEW_TRACED})
  static class TwoForOne extends CpuLimitExperiment {
    @Override
    void drive(Subject gateway, long roundTrips) throws IOException {
      super.drive(gateway, 2 * roundTrips);
    }
  }

  @Control(
      value = "(cooked ledger) the control group used a microsecond more than it may",
      fails = "theLimitHolds",
      mayFail = "theCallsAreTheSame",
      trials = "usage",
      with = FEW_ROUND_TRIPS)
  static class OverTheLimit extends CpuLimitExperiment {
    @Override
    LimitedUsage observed(LimitedUsage usage) {
      CgroupCpu used = usage.used();
      return new LimitedUsage(
          usage.cpus(),
          usage.limits(),
          usage.startUp(),
          usage.roundTrips(),
          usage.wall(),
          new CgroupCpu(
              used.source(),
              usage.allowed().toNanos() + 1_000,
              used.periods(),
              used.throttledPeriods(),
              used.throttledNs()));
    }
  }

  @Control(
      value = "(cooked ledger) a start used all of the larger limit, and nobody was stopped",
      fails = "theStopsAreCounted",
      mayFail = "theCallsAreTheSame",
      trials = "usage",
      with = FEW_ROUND_TRIPS)
  static class NeverStopped extends CpuLimitExperiment {
    @Override
    LimitedUsage observed(LimitedUsage usage) {
      CgroupCpu start = usage.startUp();
      return new LimitedUsage(
          usage.cpus(),
          usage.limits(),
          new CgroupCpu(
              start.source(),
              start.periods() * 1_000 * usage.limits().cpuPeriodUs(),
              start.periods(),
              0,
              0),
          usage.roundTrips(),
          usage.wall(),
          usage.used());
    }
  }
}
