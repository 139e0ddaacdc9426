package dev.socketlab.experiments.profile;

import static dev.socketlab.artifact.Column.exact;
import static dev.socketlab.artifact.Column.informational;
import static dev.socketlab.artifact.Column.key;
import static dev.socketlab.artifact.Column.noisy;

import dev.socketlab.artifact.Cell;
import dev.socketlab.artifact.Plot;
import dev.socketlab.artifact.Table;
import dev.socketlab.experiment.MixTables;
import dev.socketlab.experiment.Report;
import dev.socketlab.experiments.GatewayThreads;
import dev.socketlab.probe.ThreadRoles;
import dev.socketlab.probe.ThreadUsage;
import dev.socketlab.trace.SyscallMix;
import java.util.List;
import java.util.Map;

/** The tables of {@code profile-io} and how to read them. */
final class ProfileReport {

  private static final String ROLES = "Who used it: threads by role";

  /** The framework's table of what {@code syscalls} may ask of the kernel. */
  private static final String BUDGET = "budget of system calls per round trip";

  private ProfileReport() {}

  static void fill(Report report, List<Usage> usages, Map<String, SyscallMix> mixes) {
    report
        .table(usage(usages))
        .table(byRole(usages))
        .plot(
            Plot.stackedBars("CPU time by role of the thread", ROLES)
                .x("transport")
                .x("JVM")
                .y("on a CPU")
                .by("role"));
    if (!mixes.isEmpty()) {
      report.plot(
          Plot.bars("System calls per round trip", BUDGET).x("call").y("per operation").by("at"));
      mixes.forEach((transport, mix) ->
          report.table(
              MixTables.classic(
                  "The classic table, whole process: " + transport,
                  mix.wholeProcess().orElse(mix.larger().counts()))));
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
    Table.Builder table =
        Table.named(
            "CPU, switches, faults and memory, without a tracer",
            key("transport"),
            key("JVM"),
            exact("round trips"),
            informational("user").in("ticks"),
            informational("system").in("ticks"),
            noisy("CPU").in("µs/round trip").meaning("to within two clock ticks of the whole"),
            informational("in the kernel").meaning("share of the ticks, with its interval"),
            informational("voluntary")
                .in("switches/round trip")
                .meaning("of all threads but the JVM's own"),
            informational("involuntary").in("switches"),
            informational("minor").in("faults"),
            informational("major").in("faults"),
            informational("peak RSS").in("KiB").meaning("since the process started"));
    for (Usage usage : usages) {
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
    return table.build();
  }

  private static Table byRole(List<Usage> usages) {
    Table.Builder table =
        Table.named(
            ROLES,
            key("transport"),
            key("JVM"),
            key("role"),
            informational("threads").meaning("alive at the end"),
            informational("on a CPU").in("µs").meaning("exact, from schedstat"),
            informational("waiting for one").in("µs"),
            informational("voluntary").in("switches"));
    for (Usage usage : usages) {
      for (Map.Entry<ThreadRoles.Role, ThreadUsage.Group> role :
          usage.used().threads().byRole(GatewayThreads.ROLES).entrySet()) {
        ThreadUsage.Group group = role.getValue();
        if (group.threads() > 0) {
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
    return table.build();
  }
}
