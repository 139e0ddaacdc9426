package dev.socketlab.experiments.load;

import dev.socketlab.gate.GateFinding;
import dev.socketlab.probe.Sysctl;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;

/** What thousands of connections need of the system: descriptors, an accept queue, ports. */
final class LargeLimits {
  private static final Path SOMAXCONN = Path.of("/proc/sys/net/core/somaxconn");
  private static final Path LIMITS = Path.of("/proc/self/limits");

  /** The JVM's own files, sockets and pipes. */
  private static final int OTHER_DESCRIPTORS = 500;

  private LargeLimits() {}

  /** Raises the bound on accept queues, of the calling thread's network, to the largest count. */
  static void raiseSomaxconn(List<Integer> counts) {
    int wanted = Collections.max(counts);
    if (Sysctl.number("net.core.somaxconn") < wanted) {
      try {
        Files.writeString(SOMAXCONN, Integer.toString(wanted));
      } catch (IOException e) {
        throw new UncheckedIOException("cannot raise " + SOMAXCONN + " to " + wanted, e);
      }
    }
  }

  /** Says whether so many connections fit, and which limit is in the way. */
  static GateFinding permit(int connections, int sessions) {
    long descriptors = descriptors();
    if (descriptors < connections + OTHER_DESCRIPTORS) {
      return GateFinding.closed(
          "needs %d descriptors a process, the hard limit is %d; raise it with ulimit -Hn"
              .formatted(connections + OTHER_DESCRIPTORS, descriptors));
    }
    long queue = Sysctl.number("net.core.somaxconn");
    if (queue < connections) {
      return GateFinding.closed(
          "needs an accept queue of %d, net.core.somaxconn is %d".formatted(connections, queue));
    }
    List<Long> range = Sysctl.numbers("net.ipv4.ip_local_port_range");
    long ports = range.getLast() - range.getFirst() + 1;
    long wanted = 3L * connections + 2L * Math.max(connections, sessions);
    if (ports < wanted) {
      return GateFinding.closed(
          "needs %d client ports, those of ended sessions included; ip_local_port_range has %d"
              .formatted(wanted, ports));
    }
    return GateFinding.open(
        "descriptors %d, somaxconn %d, client ports %d".formatted(descriptors, queue, ports));
  }

  /** The hard limit, which a JVM raises its own limit to; unlimited is the largest number. */
  private static long descriptors() {
    try {
      for (String line : Files.readAllLines(LIMITS)) {
        if (line.startsWith("Max open files")) {
          String hard = line.strip().split("\\s+")[4];
          return hard.equals("unlimited") ? Long.MAX_VALUE : Long.parseLong(hard);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + LIMITS, e);
    }
    throw new IllegalStateException(LIMITS + " has no line 'Max open files'");
  }
}
