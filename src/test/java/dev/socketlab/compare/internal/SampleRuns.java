package dev.socketlab.compare.internal;

import static dev.socketlab.artifact.Column.exact;
import static dev.socketlab.artifact.Column.informational;
import static dev.socketlab.artifact.Column.key;

import dev.socketlab.artifact.Artifact;
import dev.socketlab.artifact.Cell;
import dev.socketlab.artifact.Column;
import dev.socketlab.artifact.MechanismVerdict;
import dev.socketlab.artifact.Provenance;
import dev.socketlab.artifact.Table;
import dev.socketlab.artifact.internal.ArtifactBuilder;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Runs of an experiment that differ in what a test is about, and in nothing else. */
final class SampleRuns {
  private SampleRuns() {}

  static Artifact run(Table... tables) {
    return on("Linux 6.1", tables);
  }

  static Artifact on(String kernel, Table... tables) {
    return on(kernel, "a JDK", tables);
  }

  static Artifact on(String kernel, String jdk, Table... tables) {
    return on(provenance(kernel, jdk), tables);
  }

  static Artifact on(Provenance provenance, Table... tables) {
    ArtifactBuilder builder =
        orderEntry()
            .provenance(provenance)
            .mechanism(MechanismVerdict.holds(1, "one write", ""))
            .gate(new Artifact.GateLine("strace", "calls", true, "strace 6.1"));
    for (Table table : tables) {
      builder.table(table);
    }
    return builder.build();
  }

  static ArtifactBuilder orderEntry() {
    return Artifact.named("order_entry")
        .experiment("order-entry")
        .title("Order entry")
        .command("mvn -Dgroups=order-entry verify")
        .date(Instant.parse("2026-03-01T12:00:00Z"))
        .provenance(provenance("Linux 6.1", "a JDK"));
  }

  static Provenance provenance(String kernel, String jdk) {
    return new Provenance(
        1,
        new Provenance.Hardware("amd64", "8 GiB", "a CPU", 2, "2"),
        new Provenance.Platform("an OS", kernel, "bare", "100 per second", Map.of()),
        "own namespace",
        jdk,
        Map.of(),
        Map.of(),
        Map.of(),
        new Provenance.Source("abc", "clean", List.of(), "digest", List.of("src"), 1));
  }

  static Table calls(int writes) {
    return Table.named(
            "Calls", key("call"), exact("whole").in("calls"), informational("time").in("µs"))
        .row("write", writes, 17)
        .row("read", 2, 18)
        .row("futex", Cell.notAvailable("never stable"), 19)
        .build();
  }

  static Table noisy(double... trials) {
    return Table.named("Load", key("clients"), Column.noisy("CPU").in("µs/session"))
        .row(4, Cell.decimals(1, trials))
        .build();
  }
}
