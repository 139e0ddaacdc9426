package dev.socketlab.experiments.profile;

import dev.socketlab.artifact.Cell;
import dev.socketlab.artifact.Plot;
import dev.socketlab.artifact.Table;
import dev.socketlab.experiment.Report;
import dev.socketlab.experiment.SyscallTables;
import dev.socketlab.experiments.GatewayThreads;
import dev.socketlab.probe.ThreadGroupUsage;
import dev.socketlab.probe.ThreadRole;
import dev.socketlab.trace.SyscallFamily;
import dev.socketlab.trace.SyscallMix;
import dev.socketlab.trace.Tracer;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/** The tables of {@code profile-io} and how to read them. */
final class ProfileReport {

  private static final String ROLES = "Who used it: threads by role";
  private static final String PURPOSES = "What each call is for";
  private static final Map<SyscallFamily, String> SERVING =
      new EnumMap<>(
          Map.of(
              SyscallFamily.ACCEPT, "the connection",
              SyscallFamily.READ, "the requests, and the end of the input",
              SyscallFamily.WRITE, "both replies in one",
              SyscallFamily.CLOSE, "the end"));

  private ProfileReport() {}

  static void fill(
      Report report, List<Usage> usages, Map<String, SyscallMix> mixes, Tracer tracer) {
    report
        .table(usage(usages))
        .table(byRole(usages))
        .plot(
            Plot.stackedBars("CPU time by role of the thread", ROLES)
                .x("transport")
                .x("JVM")
                .y("on a CPU")
                .by("role"));
    mixes.forEach((transport, mix) ->
        report.table(
            SyscallTables.perOperation("System calls per round trip: " + transport, mix, 0.05)));
    if (!mixes.isEmpty()) {
      report
          .table(explained(mixes))
          .plot(
              Plot.bars("System calls per round trip", PURPOSES)
                  .x("call")
                  .y("per round trip")
                  .by("transport"));
      report.tool(tracer.program());
      report.table(SyscallTables.perturbation("What the tracer does to the load", mixes));
      mixes.forEach((transport, mix) ->
          report.table(
              SyscallTables.classic(
                  "The classic table, whole process: " + transport, mix.smaller().counts())));
    }
    report
        .howToRead(
            "User and system time are sampled in clock ticks; the share of the kernel carries the"
                + " interval that so few samples allow. Nanoseconds per thread are exact, but do"
                + " not split user from system, and end with the thread: where a transport ends a"
                + " thread with each connection, what it used is in the process's ticks and in no"
                + " row of a role.")
        .howToRead(
            "Per operation is the difference of two loads, one of twice the round trips of the"
                + " other, divided by the round trips: start-up and warm-up cancel out. Left over"
                + " says how far the difference is from a whole number of calls for each round"
                + " trip.");
  }

  private static Table usage(List<Usage> usages) {
    Table table =
        Table.named("CPU, switches, faults and memory, without a tracer")
            .key("transport")
            .key("JVM")
            .exact("round trips", "", "")
            .column("user", "ticks")
            .column("system", "ticks")
            .noisy("CPU", "µs/round trip", "to within two clock ticks of the whole")
            .column("in the kernel", "", "share of the ticks, with its interval")
            .column("voluntary", "switches/round trip", "of all threads but the JVM's own")
            .column("involuntary", "switches")
            .column("minor", "faults")
            .column("major", "faults")
            .column("peak RSS", "KiB", "since the process started");
    for (Usage usage : usages) {
      table =
          table.row(
              usage.transport(),
              usage.state().toString(),
              usage.roundTrips(),
              usage.used().userTicks(),
              usage.used().systemTicks(),
              Cell.decimal(usage.used().cpuTime().toNanos() / 1_000.0 / usage.roundTrips(), 0),
              usage.used().systemShare().toString(),
              Cell.decimal(usage.servingSwitchesPerRoundTrip(), 2),
              usage.used().involuntarySwitches(),
              usage.used().minorFaults(),
              usage.used().majorFaults(),
              usage.used().peakRssKb());
    }
    return table;
  }

  private static Table explained(Map<String, SyscallMix> mixes) {
    Table table =
        Table.named(PURPOSES)
            .key("transport")
            .key("call")
            .column("per round trip", "calls")
            .exact("at most", "calls", "")
            .column("for");
    for (Map.Entry<String, SyscallMix> entry : mixes.entrySet()) {
      Map<SyscallFamily, Integer> budget = Expectations.of(entry.getKey()).budget();
      for (Map.Entry<SyscallFamily, String> step : SERVING.entrySet()) {
        table =
            table.row(
                entry.getKey(),
                step.getKey().toString().toLowerCase(Locale.ROOT),
                Cell.decimal(entry.getValue().slope(step.getKey()).perOperation(), 3),
                Objects.requireNonNull(budget.get(step.getKey())),
                step.getValue());
      }
      for (Expectations.Explained other : Expectations.of(entry.getKey()).others()) {
        table =
            table.row(
                entry.getKey(),
                other.call(),
                Cell.decimal(entry.getValue().slope(other.calls()).perOperation(), 3),
                other.atMost(),
                other.reason());
      }
    }
    return table.note("accept, read, write and close are the serving steps, with their variants");
  }

  private static Table byRole(List<Usage> usages) {
    Table table =
        Table.named(ROLES)
            .key("transport")
            .key("JVM")
            .key("role")
            .column("threads", "", "alive at the end")
            .column("on a CPU", "µs", "exact, from schedstat")
            .column("waiting for one", "µs")
            .column("voluntary", "switches");
    for (Usage usage : usages) {
      for (Map.Entry<ThreadRole, ThreadGroupUsage> role :
          usage.used().threads().byRole(GatewayThreads.ROLES).entrySet()) {
        ThreadGroupUsage group = role.getValue();
        if (group.threads() > 0) {
          table =
              table.row(
                  usage.transport(),
                  usage.state().toString(),
                  role.getKey().toString(),
                  group.threads(),
                  group.runNs() / 1_000,
                  group.waitNs() / 1_000,
                  group.voluntarySwitches());
        }
      }
    }
    return table;
  }
}
