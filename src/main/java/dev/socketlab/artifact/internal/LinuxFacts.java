package dev.socketlab.artifact.internal;

import dev.socketlab.artifact.Provenance;
import dev.socketlab.internal.os.ClockTick;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds the machine and its platform in the files of a Linux system. */
final class LinuxFacts {
  private static final List<String> SYSCTLS =
      List.of(
          "net.core.rmem_default",
          "net.core.rmem_max",
          "net.core.somaxconn",
          "net.ipv4.ip_local_port_range",
          "kernel.yama.ptrace_scope");
  private static final Pattern MEM_TOTAL =
      Pattern.compile("^MemTotal:\\s+(\\d+) kB$", Pattern.MULTILINE);

  private static final String VENDOR = "sys/class/dmi/id/sys_vendor";
  private static final String PRODUCT = "sys/class/dmi/id/product_name";
  private static final String DEVICE_TREE = "proc/device-tree/model";

  private LinuxFacts() {}

  static ProvenanceCapture.MachineFacts capture(Path root) {
    return new ProvenanceCapture.MachineFacts(
        new Provenance.Hardware(
            System.getProperty("os.arch", "unknown: no os.arch") + ", " + model(root),
            KernelFile.fact(root, "proc/meminfo", LinuxFacts::memory),
            KernelFile.fact(root, "proc/cpuinfo", CpuInfo::model),
            Runtime.getRuntime().availableProcessors(),
            KernelFile.fact(root, "proc/cpuinfo", CpuInfo::onlineProcessors)),
        new Provenance.Platform(
            KernelFile.fact(root, "etc/os-release", OsRelease::prettyName),
            "Linux " + System.getProperty("os.version", "unknown: no os.version"),
            ContainerMarks.placement(root),
            clockTick(),
            sysctls(root)));
  }

  static Optional<String> memory(String meminfo) {
    Matcher total = MEM_TOTAL.matcher(meminfo);
    return total.find()
        ? Optional.of(Long.parseLong(total.group(1)) / 1024 + " MiB")
        : Optional.empty();
  }

  private static String clockTick() {
    try {
      return ClockTick.ticksPerSecond() + " per second";
    } catch (IOException e) {
      return Provenance.unknown(String.valueOf(e.getMessage()));
    }
  }

  private static Map<String, String> sysctls(Path root) {
    Map<String, String> values = new LinkedHashMap<>();
    for (String name : SYSCTLS) {
      values.put(name, oneLine(root, "proc/sys/" + name.replace('.', '/')));
    }
    return values;
  }

  /** Name the model as firmware or device tree gives it, else what the processor's flags tell. */
  private static String model(Path root) {
    if (Files.isReadable(root.resolve(PRODUCT))) {
      return oneLine(root, VENDOR) + " " + oneLine(root, PRODUCT);
    }
    if (Files.isReadable(root.resolve(DEVICE_TREE))) {
      return oneLine(root, DEVICE_TREE);
    }
    String virtual =
        KernelFile.fact(
            root, "proc/cpuinfo", text -> Optional.of("" + CpuInfo.hypervisorFlag(text)));
    return virtual.equals("true")
        ? "virtual machine (hypervisor flag), model unknown: no DMI"
        : "model unknown: no DMI and no device tree";
  }

  private static String oneLine(Path root, String file) {
    return KernelFile.fact(
        root, file, text -> Optional.of(text.replaceAll("[\\p{Cntrl}\\s]+", " ").strip()));
  }

  /** Parses {@code /etc/os-release}: shell assignments, quoted or not. */
  static final class OsRelease {
    private static final Pattern PRETTY_NAME =
        Pattern.compile("^PRETTY_NAME=([\"']?)(.*?)\\1[ \\t\\r]*$", Pattern.MULTILINE);

    private OsRelease() {}

    static Optional<String> prettyName(String osRelease) {
      return PRETTY_NAME
          .matcher(osRelease)
          .results()
          .map(match -> match.group(2).strip())
          .filter(name -> !name.isEmpty())
          .findFirst();
    }
  }
}
