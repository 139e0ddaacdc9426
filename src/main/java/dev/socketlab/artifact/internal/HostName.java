package dev.socketlab.artifact.internal;

import dev.socketlab.internal.os.Command;
import dev.socketlab.internal.os.KernelFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Set;

/** Finds the names of this machine without asking a name server, so that they can be kept out. */
final class HostName {
  private static final Path KERNEL_NAME = Path.of("/proc/sys/kernel/hostname");

  private HostName() {}

  /** Return the full name and, where it has a domain, its first label too. */
  static Set<String> ofThisMachine() {
    Set<String> names = new LinkedHashSet<>();
    add(names, System.getenv().getOrDefault("HOSTNAME", ""));
    add(names, kernelName());
    return names;
  }

  private static String kernelName() {
    if (Files.isReadable(KERNEL_NAME)) {
      try {
        return KernelFiles.read(KERNEL_NAME);
      } catch (IOException e) {
        throw new IllegalStateException(
            "cannot read " + KERNEL_NAME + ", so no artifact can be checked for the host name", e);
      }
    }
    return switch (Command.of("hostname").within(Duration.ofSeconds(2)).run()) {
      case Command.Ended ended -> ended.output();
      case Command.NotRun _ -> "";
    };
  }

  private static void add(Set<String> names, String fullName) {
    String name = fullName.strip();
    names.add(name);
    names.add(name.replaceFirst("\\..*", ""));
  }
}
