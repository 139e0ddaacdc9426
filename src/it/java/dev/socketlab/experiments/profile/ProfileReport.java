package dev.socketlab.experiments.profile;

import dev.socketlab.artifact.Cell;
import dev.socketlab.artifact.Table;
import dev.socketlab.experiment.Report;
import dev.socketlab.experiment.SyscallTables;
import dev.socketlab.probe.ThreadGroupUsage;
import dev.socketlab.probe.ThreadRole;
import dev.socketlab.trace.SyscallMix;
import dev.socketlab.trace.Tracer;
import java.util.List;
import java.util.Map;

/** The tables of {@code profile-io} and how to read them. */
final class ProfileReport {

  private ProfileReport() {}

  static void fill(
      Report report, List<Usage> usages, Map<String, SyscallMix> mixes, Tracer tracer) {
    report.table(usage(usages)).table(byRole(usages));
    mixes.forEach((transport, mix) ->
        report.table(
            SyscallTables.perOperation("System calls per round trip: " + transport, mix, 0.05)));
    if (!mixes.isEmpty()) {
      report.table(explained(mixes));
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
            .column("transport")
            .column("JVM")
            .column("round trips")
            .column("user", "ticks")
            .column("system", "ticks")
            .column("CPU", "µs/round trip", "to within two clock ticks of the whole")
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
        Table.named("What each call is for")
            .column("transport")
            .column("call")
            .column("per round trip")
            .column("at most")
            .column("for");
    for (Map.Entry<String, SyscallMix> entry : mixes.entrySet()) {
      for (Expectations.Explained other : Expectations.of(entry.getKey()).others()) {
        table =
            table.row(
                entry.getKey(),
                other.call(),
                Cell.decimal(entry.getValue().slope(other.call()).perOperation(), 3),
                other.atMost(),
                other.reason());
      }
    }
    return table.note(
        "accept, read, write and close are the serving steps: a connection; the requests, and the"
            + " end of the input; both replies in one write; the end");
  }

  private static Table byRole(List<Usage> usages) {
    Table table =
        Table.named("Who used it: threads by role")
            .column("transport")
            .column("JVM")
            .column("role")
            .column("threads", "", "alive at the end")
            .column("on a CPU", "µs", "exact, from schedstat")
            .column("waiting for one", "µs")
            .column("voluntary", "switches");
    for (Usage usage : usages) {
      for (Map.Entry<ThreadRole, ThreadGroupUsage> role :
          usage.used().threads().byRole(Usage.ROLES).entrySet()) {
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
