package dev.socketlab.artifact.internal;

import dev.socketlab.artifact.Provenance;
import dev.socketlab.internal.os.Command;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Finds the machine and its platform on macOS, by one call of {@code sysctl}. */
final class MacFacts {
  private static final List<String> SYSCTLS =
      List.of(
          "net.inet.udp.recvspace",
          "kern.ipc.maxsockbuf",
          "kern.ipc.somaxconn",
          "net.inet.ip.portrange.first",
          "net.inet.ip.portrange.last");
  private static final List<String> HARDWARE =
      List.of("hw.model", "hw.memsize", "hw.ncpu", "machdep.cpu.brand_string", "kern.osrelease");

  private MacFacts() {}

  static ProvenanceCapture.MachineFacts capture() {
    List<String> command = new ArrayList<>(List.of("sysctl"));
    command.addAll(HARDWARE);
    command.addAll(SYSCTLS);
    return facts(
        switch (Command.of(command).within(Duration.ofSeconds(2)).run()) {
          case Command.Ended ended -> parse(ended.output());
          case Command.NotRun _ -> Map.of();
        });
  }

  static ProvenanceCapture.MachineFacts facts(Map<String, String> sysctl) {
    Map<String, String> shown = new LinkedHashMap<>();
    SYSCTLS.forEach(name -> shown.put(name, value(sysctl, name)));
    String memory = value(sysctl, "hw.memsize");
    return new ProvenanceCapture.MachineFacts(
        new Provenance.Hardware(
            System.getProperty("os.arch", "unknown: no os.arch") + ", " + value(sysctl, "hw.model"),
            memory.matches("\\d+") ? Long.parseLong(memory) / (1024 * 1024) + " MiB" : memory,
            value(sysctl, "machdep.cpu.brand_string"),
            Runtime.getRuntime().availableProcessors(),
            value(sysctl, "hw.ncpu")),
        new Provenance.Platform(
            "macOS " + System.getProperty("os.version", "unknown: no os.version"),
            "Darwin " + value(sysctl, "kern.osrelease"),
            "bare (macOS)",
            clockTick(),
            shown));
  }

  /** Parse lines of {@code name: value}; names that the kernel lacks are missing. */
  static Map<String, String> parse(String sysctl) {
    Map<String, String> values = new LinkedHashMap<>();
    sysctl
        .lines()
        .map(line -> line.split(": ", 2))
        .filter(pair -> pair.length == 2 && !pair[1].isBlank())
        .forEach(pair -> values.put(pair[0], pair[1].strip()));
    return values;
  }

  private static String value(Map<String, String> sysctl, String name) {
    return sysctl.getOrDefault(name, Provenance.unknown("sysctl does not give " + name));
  }

  private static String clockTick() {
    return switch (Command.of("getconf", "CLK_TCK").within(Duration.ofSeconds(2)).run()) {
      case Command.Ended ended when ended.output().strip().matches("\\d+") ->
          ended.output().strip() + " per second";
      case Command.Ended ended ->
          Provenance.unknown("getconf ended with exit code " + ended.exitCode());
      case Command.NotRun notRun -> Provenance.unknown("getconf " + notRun.why());
    };
  }
}
