package dev.socketlab.artifact;

import static dev.socketlab.artifact.Column.exact;
import static dev.socketlab.artifact.Column.informational;
import static dev.socketlab.artifact.Column.key;
import static dev.socketlab.artifact.Column.noisy;

import dev.socketlab.artifact.internal.ArtifactBuilder;
import dev.socketlab.artifact.internal.ToolVersion;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Documents and captures that several tests read. */
public final class Samples {
  private Samples() {}

  public static String resource(String name) throws IOException {
    try (InputStream stream = Samples.class.getResourceAsStream(name)) {
      return new String(
          Objects.requireNonNull(stream, name).readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  static Provenance provenance() {
    Map<String, String> sysctls = new LinkedHashMap<>();
    sysctls.put("net.core.rmem_default", "212992");
    sysctls.put("net.core.rmem_max", "4194304");
    sysctls.put(
        "kernel.yama.ptrace_scope", "unknown: /proc/sys/kernel/yama/ptrace_scope is absent");
    return new Provenance(
            1,
            new Provenance.Hardware("amd64, QEMU Standard PC", "7939 MiB", "AMD EPYC", 2, "2"),
            new Provenance.Platform(
                "Debian GNU/Linux 12 (bookworm)",
                "Linux 6.1.0-18-amd64",
                "bare (no mark of a container)",
                "100 per second",
                sysctls),
            "own namespace",
            "Eclipse Adoptium 25.0.1+8-LTS (OpenJDK 64-Bit Server VM)",
            Map.of(),
            Map.of(),
            Map.of("netty-transport", "4.2.1.Final"),
            new Provenance.Source(
                "338e9dc37fa98d9056f32ec2df6b8a0f80779fc5",
                "dirty (inputs changed: 1)",
                List.of("src/main/java/Feed.java"),
                "4e6e7175e71f09a2e584048ae6cd07347572a14e81e3dc31d0075ae1c03d8e50",
                List.of("pom.xml", "src/main", "src/it"),
                44))
        .withJvmSubject("publisher", List.of("-Xmx64m", "-XX:+UseSerialGC"))
        .withJvmSubject("subscriber", List.of())
        .withTool(new ToolVersion("strace", "strace -- version 6.1"));
  }

  public static ArtifactBuilder minimal(String name) {
    return Artifact.named(name)
        .experiment("tcp-backlog")
        .title("The accept queue")
        .command("mvn verify -Dgroups=tcp-backlog")
        .date(Instant.parse("2026-03-01T12:00:00.987654321Z"))
        .provenance(provenance());
  }

  public static Artifact full() {
    return Artifact.named("socket_stress_summary")
        .experiment("socket-stress")
        .title("UDP receive buffers: what an undersized one loses, and where")
        .command(
            "mvn verify -Dgroups=socket-stress -Dsocketlab.stress.orders=20000"
                + " -Dsocketlab.stress.large-buffer=8388608 -Dnote='one two'")
        .date(Instant.parse("2026-03-01T12:00:00Z"))
        .provenance(provenance())
        .mechanism(
            MechanismVerdict.holds(
                1,
                "The books balance in every trial of both modes: published = received + kernel"
                    + " drops, and interior + head + tail = lost.",
                "8 trials, 118,560 datagrams, none unaccounted for"))
        .mechanism(
            MechanismVerdict.failed(
                2, "Loss does not grow with the buffer.", "Expecting:\n  <12>\nto be at most: 0"))
        .mechanism(
            MechanismVerdict.inconclusive(3, "The queue was seen full.", "sampled too rarely"))
        .mechanism(
            MechanismVerdict.notRun(4, "The host counts no other drop.", "gate netns is closed"))
        .table(
            Table.named(
                    "Stalled mode",
                    informational("setting"),
                    informational("requested")
                        .in("bytes")
                        .meaning("what the subscriber asked for by SO_RCVBUF"),
                    informational("lost").in("datagrams"),
                    informational("share").in("%"),
                    informational("peak queued").in("µs").aligned(Column.Alignment.LEFT))
                .row("small", 2048, 12_318L, Cell.decimal(83.1174, 1), 7)
                .row(
                    "OS default",
                    Cell.notAvailable("nothing was requested"),
                    0,
                    Cell.decimal(0, 1),
                    Cell.notAvailable("not readable on this kernel"))
                .row(
                    "large",
                    8_388_608,
                    Cell.notAvailable("nothing was requested"),
                    Cell.decimal(-1234.5, 1),
                    1234)
                .note("Deterministic: the buffer alone decides what is retained.")
                .build())
        .table(
            Table.named(
                    "Race mode",
                    key("setting"),
                    exact("granted").in("bytes").meaning("what the kernel granted"),
                    noisy("lost per trial").in("datagrams"),
                    informational("share per trial").in("%"))
                .row(
                    "small", 4096, Cell.series(10_654, 0, 11_968), Cell.decimals(1, 71.9, 0, 80.76))
                .row("large", 8_388_608, Cell.series(0, 0, 0), Cell.decimals(1, 0, 0, 0))
                .build())
        .table(
            Table.named("Nothing", informational("setting"), informational("lost").in("datagrams"))
                .build())
        .plot(
            Plot.lines("Loss by buffer", "Race mode")
                .x("granted")
                .y("lost per trial")
                .by("setting")
                .withLogX())
        .howToRead("Each row is one level of the factor; lost = published - received.")
        .howToRead("A second paragraph.")
        .shows("An undersized receive buffer loses datagrams, and exactly where.")
        .doesNotShow("Loss on a real network: no NIC, driver, qdisc or routing takes part.")
        .note("rmem_max = 4194304 clamped the request of 8388608 bytes.")
        .parameter(
            new Artifact.ParameterLine(
                "socketlab.stress.orders", "20000", "orders", "default", "orders per trial"))
        .parameter(
            new Artifact.ParameterLine(
                "socketlab.stress.seed", "42", "", "environment QSL_STRESS_SEED", ""))
        .gate(new Artifact.GateLine("strace", "syscall mix", true, "strace -- version 6.1"))
        .gate(new Artifact.GateLine("netns", "exact counters", false, "unshare: not permitted"))
        .build();
  }
}
