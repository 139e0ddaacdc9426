package dev.socketlab.subject;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.model.Version;
import dev.socketlab.internal.os.OperatingSystem;
import dev.socketlab.probe.CgroupLimits;
import dev.socketlab.probe.ProbeException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.testcontainers.DockerClientFactory;

/** The engine that runs containers, as Testcontainers has found it. */
final class ContainerEngine {

  private ContainerEngine() {}

  static DockerClient client() {
    return DockerClientFactory.lazyClient();
  }

  /** Whether containers must be reached through a published port: there is no route to others. */
  static boolean needsPublishedPorts() {
    URI host = DockerClientFactory.instance().getTransportConfig().getDockerHost();
    return !("unix".equals(host.getScheme()) && OperatingSystem.isLinux());
  }

  /**
   * Whether a container's process is one of this machine, under the pid that the engine gives. An
   * engine elsewhere gives the pid of another machine (or of another pid namespace), which may well
   * exist here; but no control group here has the container's name.
   */
  static boolean isHere(long pid, String containerId) {
    try {
      return Files.readString(Path.of("/proc", Long.toString(pid), "cgroup")).contains(containerId);
    } catch (IOException _) {
      return false; // there is no such process here, or no /proc
    }
  }

  static String describe() {
    Version version = client().versionCmd().exec();
    return "engine %s (API %s)".formatted(version.getVersion(), version.getApiVersion());
  }

  static String limits(long pid) {
    try {
      return CgroupLimits.ofProcess(pid).describe();
    } catch (ProbeException failure) {
      return "unknown limits: " + failure.getMessage();
    }
  }
}
