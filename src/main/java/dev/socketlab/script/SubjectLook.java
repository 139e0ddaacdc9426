package dev.socketlab.script;

import dev.socketlab.probe.DescriptorKind;
import dev.socketlab.probe.NetworkView;
import dev.socketlab.probe.OpenDescriptor;
import dev.socketlab.probe.TcpSocket;
import dev.socketlab.probe.TcpSockets;
import dev.socketlab.probe.ThreadActivity;
import dev.socketlab.probe.ThreadRoles;
import dev.socketlab.probe.ThreadUsage;
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
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;

/**
 * What a subject is seen to hold and to do, from outside: whether its threads sleep and none of its
 * connections waits to be closed, its descriptors and threads. Threads that are a virtual machine's
 * own do not count.
 *
 * {@snippet :
 * SubjectLook look = lab.script().look(server);
 * SubjectLook.Holding before = look.holding();
 * // what is to leave nothing behind
 * assertThat(look.awaitAsBefore(before)).isEmpty();
 * }
 */
@API(status = Status.EXPERIMENTAL, since = "0.2")
public final class SubjectLook {
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

  /**
   * What it holds.
   *
   * @param descriptors open ones, by kind
   * @param threads that are not the virtual machine's own
   */
  public record Holding(Map<DescriptorKind, Integer> descriptors, int threads) {

    @SuppressWarnings("doclint:missing")
    public Holding {
      descriptors = Map.copyOf(descriptors);
    }

    /** {@return open descriptors of all kinds} */
    public int allDescriptors() {
      return descriptors.values().stream().mapToInt(Integer::intValue).sum();
    }
  }

  /**
   * Looks at what it holds now.
   *
   * @return descriptors and threads
   * @throws dev.socketlab.probe.ProbeException if it has ended or may not be looked at
   */
  public Holding holding() {
    Map<DescriptorKind, Integer> descriptors = new EnumMap<>(DescriptorKind.class);
    OpenDescriptor.of(pid).forEach(open -> descriptors.merge(open.kind(), 1, Integer::sum));
    return new Holding(descriptors, activity().threads());
  }

  /**
   * Waits until it is at rest: all threads asleep at two looks in a row and not woken up in
   * between, no connection in CLOSE_WAIT.
   *
   * @return empty where it is; else what the last look has found, after a number of looks
   */
  public List<String> awaitRest() {
    return awaitNone(this::restless);
  }

  /**
   * Waits until it is at rest and holds no more than before.
   *
   * @param before what it held
   * @return empty where that is so; else what the last look has found, after a number of looks
   */
  public List<String> awaitAsBefore(Holding before) {
    return awaitNone(() -> changes(before));
  }

  /**
   * Counts how often its threads are woken up while some time passes.
   *
   * @param window how long; on a machine that stands still in between, longer
   * @return voluntary switches of the threads that are there at both ends
   */
  public long wakeUps(Duration window) {
    ThreadUsage before = ThreadUsage.read(pid);
    patience.pause(window.toNanos());
    return ThreadUsage.read(pid).since(before).survived().stream()
        .filter(thread -> !OF_THE_JVM.contains(ThreadRoles.ofJvm().of(thread.name())))
        .mapToLong(ThreadUsage.Counters::voluntarySwitches)
        .sum();
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
