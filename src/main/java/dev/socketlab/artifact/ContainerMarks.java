package dev.socketlab.artifact;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Tells a container from a bare system by the marks that container engines leave. */
final class ContainerMarks {
  private static final List<String> CGROUP_MARKS =
      List.of("docker", "kubepods", "containerd", "libpod", "crio", "lxc");

  private ContainerMarks() {}

  /** Describe the placement of this process, looking below a root folder. */
  static String placement(Path root) {
    if (Files.exists(root.resolve(".dockerenv"))) {
      return "container (Docker: /.dockerenv)";
    }
    if (Files.exists(root.resolve("run/.containerenv"))) {
      return "container (Podman: /run/.containerenv)";
    }
    try {
      return cgroupMark(KernelFile.read(root.resolve("proc/self/cgroup")))
          .map(mark -> "container (cgroup path says " + mark + ")")
          .orElse("bare (no mark of a container)");
    } catch (IOException e) {
      return Files.isDirectory(root.resolve("proc/self"))
          ? Provenance.unknown("/proc/self/cgroup is not readable")
          : "bare (no mark of a container)";
    }
  }

  /** Find the engine that a cgroup path of {@code /proc/self/cgroup} names. */
  static Optional<String> cgroupMark(String cgroup) {
    return CGROUP_MARKS.stream().filter(cgroup::contains).findFirst();
  }
}
