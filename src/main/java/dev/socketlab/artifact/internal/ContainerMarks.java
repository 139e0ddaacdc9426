package dev.socketlab.artifact.internal;

import dev.socketlab.artifact.Provenance;
import dev.socketlab.internal.os.KernelFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Tells a container and a guest from a bare system by the marks that they leave. */
public final class ContainerMarks {
  /** What a placement in a container begins with. */
  public static final String CONTAINER = "constrained environment: container";

  /** What a placement in a guest of {@code kernels/bin/java} begins with. */
  public static final String GUEST = "constrained environment: guest";

  /** Written by {@code kernels/init}; it says what the machine is made of. */
  private static final String GUEST_MARK = "run/socketlab/guest";

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
    // A guest shows the files of its host, and with them the host's marks.
    if (Files.exists(root.resolve(GUEST_MARK))) {
      return GUEST
          + " ("
          + KernelFile.fact(root, GUEST_MARK, text -> Optional.of(text.strip()))
          + ")";
    }
    for (Map.Entry<String, String> mark : FILES.entrySet()) {
      if (Files.exists(root.resolve(mark.getKey()))) {
        return CONTAINER + " (%s: /%s)".formatted(mark.getValue(), mark.getKey());
      }
    }
    try {
      return cgroupMark(KernelFiles.read(root.resolve("proc/self/cgroup")))
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
