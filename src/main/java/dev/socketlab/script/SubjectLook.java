package dev.socketlab.script;

import dev.socketlab.probe.DescriptorKind;
import dev.socketlab.probe.NetworkView;
import dev.socketlab.probe.OpenDescriptor;
import dev.socketlab.probe.TcpSocket;
import dev.socketlab.probe.TcpSockets;
import dev.socketlab.probe.ThreadActivity;
import dev.socketlab.probe.ThreadRoles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/** What a subject is seen to hold and to do, from outside. */
final class SubjectLook {
  /** Of what a verb of the script may take, so that usually there are 100 looks. */
  private static final Duration FOR_EACH_LOOK = Duration.ofMillis(200);

  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(25);
  private static final String MORE = "more ";

  /** A virtual machine starts and ends these as it sees fit, and wakes them when it likes. */
  private static final Set<ThreadRoles.Role> OF_THE_JVM =
      EnumSet.of(ThreadRoles.Role.JIT, ThreadRoles.Role.GC, ThreadRoles.Role.VM);

  private final long pid;
  private final int port;
  private final Patience patience;

  SubjectLook(long pid, int port, Patience patience) {
    this.pid = pid;
    this.port = port;
    this.patience = patience;
  }

  /** Descriptors by kind, and threads that are not the virtual machine's own. */
  record Holding(Map<DescriptorKind, Integer> descriptors, int threads) {}

  Holding holding() {
    Map<DescriptorKind, Integer> descriptors = new EnumMap<>(DescriptorKind.class);
    OpenDescriptor.of(pid).forEach(open -> descriptors.merge(open.kind(), 1, Integer::sum));
    return new Holding(descriptors, activity().threads());
  }

  private ThreadActivity activity() {
    return ThreadActivity.read(pid, name -> !OF_THE_JVM.contains(ThreadRoles.ofJvm().of(name)));
  }

  /**
   * Looks again until there are none, and gives what the last look has found. The bound is a number
   * of looks, not a time: while the machine stood still, the subject did not have its chance.
   */
  List<String> awaitNone(Supplier<List<String>> faults) {
    List<String> found = faults.get();
    long looks = patience.atMost().dividedBy(FOR_EACH_LOOK);
    for (int i = 1; i < looks && !found.isEmpty(); i++) {
      patience.pause(BETWEEN_LOOKS.toNanos());
      found = faults.get();
    }
    return new ArrayList<>(found);
  }

  /** What keeps it from being at rest. */
  List<String> restless() {
    List<String> faults = new ArrayList<>();
    ThreadActivity first = activity();
    patience.pause(BETWEEN_LOOKS.toNanos());
    // All: while a virtual machine stops its threads, for instance to collect garbage, they sleep.
    ThreadActivity all = ThreadActivity.read(pid);
    ThreadActivity second = activity();
    if (!all.allAsleep() || !second.allAsleep()) {
      faults.add(
          "%d of %d threads do not sleep".formatted(all.threads() - all.asleep(), all.threads()));
    } else if (!first.equals(second)) {
      faults.add("its threads wake up: %s, then %s".formatted(first, second));
    }
    long closeWait =
        TcpSockets.read(NetworkView.ofProcess(pid)).onPort(port).stream()
            .filter(socket -> socket.state() == TcpSocket.State.CLOSE_WAIT)
            .count();
    if (closeWait > 0) {
      faults.add(closeWait + " sockets in CLOSE_WAIT");
    }
    return faults;
  }

  /** What keeps it from being at rest, and what it holds that it did not before. */
  List<String> changes(Holding before) {
    List<String> faults = restless();
    Holding now = holding();
    now.descriptors()
        .forEach((kind, count) -> {
          int earlier = before.descriptors().getOrDefault(kind, 0);
          if (count > earlier) {
            faults.add(
                MORE + "descriptors of kind %s: %d, before %d".formatted(kind, count, earlier));
          }
        });
    if (now.threads() > before.threads()) {
      faults.add(MORE + "threads: %d, before %d".formatted(now.threads(), before.threads()));
    }
    return faults;
  }

  /** Whether more rounds can tell more: whether it holds more and nothing else is wrong. */
  boolean hasOnlyGrown(List<String> faults) {
    return faults.stream().allMatch(fault -> fault.startsWith(MORE));
  }

  boolean isInTheNetworkOfTheCaller() {
    try {
      return Files.readSymbolicLink(Path.of("/proc", Long.toString(pid), "ns", "net"))
          .equals(Files.readSymbolicLink(Path.of("/proc/thread-self/ns/net")));
    } catch (IOException _) {
      return false; // it has ended, or may not be looked at
    }
  }
}
