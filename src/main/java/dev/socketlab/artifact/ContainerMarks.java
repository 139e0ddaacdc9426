package dev.socketlab.artifact;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Tells a container from a bare system by the marks that container engines leave. */
final class ContainerMarks {
  /** What a placement in a container begins with. */
  static final String CONTAINER = "constrained environment: container";

  private static final Map<String, String> FILES =
      inOrder(
          ".dockerenv", "Docker",
          "run/.containerenv", "Podman",
          "run/secrets/kubernetes.io", "Kubernetes",
          "run/systemd/container", "systemd");
  private static final List<String> CGROUP_MARKS =
      List.of("docker", "kubepods", "containerd", "libpod", "crio", "lxc");

  private ContainerMarks() {}

  /** Describe the placement of this process, looking below a root folder. */
  static String placement(Path root) {
    for (Map.Entry<String, String> mark : FILES.entrySet()) {
      if (Files.exists(root.resolve(mark.getKey()))) {
        return CONTAINER + " (%s: /%s)".formatted(mark.getValue(), mark.getKey());
      }
    }
    try {
      return cgroupMark(KernelFile.read(root.resolve("proc/self/cgroup")))
          .map(mark -> CONTAINER + " (cgroup path says " + mark + ")")
          .orElse("bare (no mark of a container)");
    } catch (IOException e) {
      return Provenance.unknown("no mark of a container, but /proc/self/cgroup is not readable");
    }
  }

  private static Map<String, String> inOrder(String... pairs) {
    Map<String, String> map = new LinkedHashMap<>();
    for (int i = 0; i < pairs.length; i += 2) {
      map.put(pairs[i], pairs[i + 1]);
    }
    return map;
  }

  /** Find the engine that a cgroup path of {@code /proc/self/cgroup} names. */
  static Optional<String> cgroupMark(String cgroup) {
    return CGROUP_MARKS.stream().filter(cgroup::contains).findFirst();
  }
}
