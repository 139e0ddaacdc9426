package dev.socketlab.artifact;

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

  private LinuxFacts() {}

  static ProvenanceCapture.MachineFacts capture(Path root) {
    Path cpuinfo = root.resolve("proc/cpuinfo");
    return new ProvenanceCapture.MachineFacts(
        new Provenance.Hardware(
            System.getProperty("os.arch", "unknown: no os.arch") + ", " + model(root, cpuinfo),
            KernelFile.fact(root.resolve("proc/meminfo"), LinuxFacts::memory),
            KernelFile.fact(cpuinfo, CpuInfo::model),
            Runtime.getRuntime().availableProcessors(),
            KernelFile.fact(cpuinfo, CpuInfo::onlineProcessors)),
        new Provenance.Platform(
            KernelFile.fact(root.resolve("etc/os-release"), OsRelease::prettyName),
            "Linux " + System.getProperty("os.version", "unknown: no os.version"),
            ContainerMarks.placement(root),
            ProvenanceCapture.clockTick(),
            sysctls(root.resolve("proc/sys"))));
  }

  static Optional<String> memory(String meminfo) {
    Matcher total = MEM_TOTAL.matcher(meminfo);
    return total.find()
        ? Optional.of(Long.parseLong(total.group(1)) / 1024 + " MiB")
        : Optional.empty();
  }

  static Map<String, String> sysctls(Path procSys) {
    Map<String, String> values = new LinkedHashMap<>();
    for (String name : SYSCTLS) {
      Path file = procSys.resolve(name.replace('.', '/'));
      values.put(
          name, KernelFile.fact(file, text -> Optional.of(text.strip().replaceAll("\\s+", " "))));
    }
    return values;
  }

  /** Name the model as firmware or device tree gives it, else what the processor's flags tell. */
  private static String model(Path root, Path cpuinfo) {
    Path dmi = root.resolve("sys/class/dmi/id");
    Path deviceTree = root.resolve("proc/device-tree/model");
    if (Files.isReadable(dmi.resolve("product_name"))) {
      return oneLine(dmi.resolve("sys_vendor")) + " " + oneLine(dmi.resolve("product_name"));
    }
    if (Files.isReadable(deviceTree)) {
      return oneLine(deviceTree);
    }
    String flag =
        KernelFile.fact(
            cpuinfo, text -> Optional.of(Boolean.toString(CpuInfo.hypervisorFlag(text))));
    return flag.equals("true")
        ? "virtual machine (hypervisor flag), model unknown: no DMI"
        : "model unknown: no DMI and no device tree";
  }

  private static String oneLine(Path file) {
    return KernelFile.fact(
        file, text -> Optional.of(text.replaceAll("[\\p{Cntrl}\\s]+", " ").strip()));
  }
}
