package dev.socketlab.trace.internal;

import dev.socketlab.network.NetworkHost;
import dev.socketlab.probe.ProbeException;
import dev.socketlab.probe.ProtocolCounters;
import dev.socketlab.probe.ProtocolCounters.Deltas;
import dev.socketlab.probe.internal.SegmentsOnTheirWay;
import dev.socketlab.subject.Subject;
import dev.socketlab.subject.SubjectPlan;
import dev.socketlab.trace.CounterMix;
import dev.socketlab.trace.Load;
import dev.socketlab.trace.Slope;
import dev.socketlab.trace.TraceException;
import java.util.List;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Measures what one operation adds to the kernel's protocol counters: describes the measurement,
 * then leads it. Obtained from a {@code Lab}.
 *
 * <p>One subject does a warm-up, the load of 2 N operations and the load of N, each in a window of
 * the same length, as for {@linkplain SyscallMeasurement system calls}. It is one subject for both
 * loads because the counters are the network's, not the process's: a second subject's start would
 * count in one of them, and what a network remembers of its peers (tcp_metrics) would differ.
 *
 * {@snippet :
 * CounterMix mix =
 *     lab.counters(() -> lab.java(Server.class, "{port}").on(lab.peer()))
 *         .countedOn(lab.peer())
 *         .perOperation(100, (server, requests) -> drive(server.address(), requests));
 * }
 */
public final class CounterMeasurement {

  private final Supplier<? extends SubjectPlan> fresh;
  private final List<NetworkHost> hosts;
  private int counted;
  private OptionalLong warmUp = OptionalLong.empty();
  private Consumer<CounterMix> listener = _ -> {};

  private CounterMeasurement(Supplier<? extends SubjectPlan> fresh, List<NetworkHost> hosts) {
    this.fresh = fresh;
    this.hosts = hosts;
  }

  /**
   * Starts to describe a measurement in the calling thread's network.
   *
   * @param fresh describes the subject
   * @param hosts those of the experiment, the calling thread's first; empty in the network of the
   *     machine, where others count too
   * @return a measurement
   */
  public static CounterMeasurement of(
      Supplier<? extends SubjectPlan> fresh, List<NetworkHost> hosts) {
    return new CounterMeasurement(fresh, List.copyOf(hosts));
  }

  /**
   * Passes on what was measured, before it is returned.
   *
   * @param newListener is told of each complete measurement
   * @return this
   */
  public CounterMeasurement andTell(Consumer<CounterMix> newListener) {
    this.listener = newListener;
    return this;
  }

  /**
   * Chooses whose counters count where there are two hosts: {@code lab.here()} by default.
   *
   * @param host one of the experiment
   * @return this
   */
  public CounterMeasurement countedOn(NetworkHost host) {
    counted = hosts.indexOf(host);
    if (counted < 0) {
      throw new IllegalArgumentException("it is no host of this experiment: " + host.address());
    }
    return this;
  }

  /**
   * Drives the subject through some operations that do not count; 2 N by default.
   *
   * @param operations how many
   * @return this
   */
  public CounterMeasurement warmedUpWith(long operations) {
    if (operations < 0) {
      throw new IllegalArgumentException("warm-up must be >= 0 operations: " + operations);
    }
    this.warmUp = OptionalLong.of(operations);
    return this;
  }

  /**
   * Measures. The subject has ended when it returns or throws.
   *
   * @param operations N, the operations of the smaller load; the larger has twice as many
   * @param load drives the subject
   * @return the counters
   * @throws TraceException if the load throws, or no counter grows with the operations
   * @throws dev.socketlab.subject.SubjectException if the subject does not start or dies
   * @throws ProbeException if the counters cannot be read
   */
  public CounterMix perOperation(long operations, Load load) {
    if (operations < 1) {
      throw new IllegalArgumentException("a load needs at least 1 operation: " + operations);
    }
    Drive drive = new Drive(load, warmUp.orElse(2 * operations));
    try (Subject subject = fresh.get().launch()) {
      subject.awaitReady();
      drive.warmUp(subject);
      Counted larger = window(drive, subject, 2 * operations, 0);
      Counted smaller = window(drive, subject, operations, larger.lastedNs());
      CounterMix mix =
          new CounterMix(
              !hosts.isEmpty(),
              drive.warmUpOperations(),
              operations,
              slopes(smaller.deltas(), larger.deltas(), operations));
      requireEffect(mix);
      listener.accept(mix);
      return mix;
    }
  }

  private record Counted(Deltas deltas, long lastedNs) {}

  private Counted window(Drive drive, Subject subject, long operations, long atLeastNs) {
    List<ProtocolCounters> before = read();
    Window window = new Window();
    drive.measure(subject, operations);
    window.keepOpen(atLeastNs);
    Deltas deltas = SegmentsOnTheirWay.awaitSince(before, this::read).get(counted);
    return new Counted(deltas, window.lastedNs());
  }

  /** Of both hosts: a segment that has left one of them has settled when it is at the other. */
  private List<ProtocolCounters> read() {
    return hosts.isEmpty()
        ? List.of(ProtocolCounters.read())
        : hosts.stream().map(CounterMeasurement::read).toList();
  }

  private static ProtocolCounters read(NetworkHost host) {
    try {
      return host.call(ProtocolCounters::read);
    } catch (RuntimeException failure) {
      throw failure;
    } catch (Exception failure) {
      throw new TraceException("counters were not read on " + host.address(), failure);
    }
  }

  private static SortedMap<String, Slope> slopes(Deltas smaller, Deltas larger, long operations) {
    SortedMap<String, Long> ofTheSmaller = smaller.all();
    SortedMap<String, Slope> slopes = new TreeMap<>();
    larger
        .all()
        .forEach((name, count) ->
            slopes.put(name, new Slope(ofTheSmaller.getOrDefault(name, 0L), count, operations)));
    return slopes;
  }

  /** A load that never met this network would keep to any budget of zeros. */
  private static void requireEffect(CounterMix mix) {
    if (mix.slopes().values().stream().allMatch(slope -> slope.whole().orElse(1) <= 0)) {
      throw new TraceException(
          "no counter grew with the operations; does the load reach the subject, and through this"
              + " network?\n"
              + mix);
    }
  }
}
