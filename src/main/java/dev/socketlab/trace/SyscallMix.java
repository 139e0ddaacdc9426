package dev.socketlab.trace;

import dev.socketlab.probe.DescriptorKind;
import dev.socketlab.trace.internal.MixText;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;

/**
 * The system calls of a subject, from two loads of which one has twice the operations of the other:
 * what grows from one to the other belongs to the operations, whatever else the process does. After
 * the smaller load the subject is left alone until both have taken equally long, so that what it
 * does by its own clock is in both.
 *
 * {@snippet :
 * long reads = mix.slope(SyscallFamily.READ).nearestInteger();
 * }
 *
 * @param tracer what counted
 * @param warmUp operations that each subject was warmed up with, before the first window
 * @param startUp calls before the first window: the start and the warm-up; empty when the tracer
 *     attached to a running process
 * @param smaller the load of N operations
 * @param larger the load of 2 N operations
 * @param untraced what the larger load costs without a tracer, for comparison
 * @param wholeProcess calls of the traced process from its start to its end, with errors and times;
 *     empty when the tracer attached to a running process
 */
@API(status = Status.EXPERIMENTAL, since = "0.1")
public record SyscallMix(
    Tracer tracer,
    long warmUp,
    Optional<SyscallCounts> startUp,
    Pass smaller,
    Pass larger,
    Cost untraced,
    Optional<SyscallCounts> wholeProcess) {

  /**
   * Calls that the run-time of a language makes for itself: locks, memory, timers, signals; and
   * those that the vDSO answers without the kernel on one machine and not on the next (vdso(7)): it
   * reads the clock only where the clock source is tsc or kvm-clock, and not where it is xen, hpet
   * or acpi_pm. How often is a matter of timing and of the machine, so no mechanism can rest on
   * them.
   */
  public static final Set<String> RUNTIME_CALLS =
      Set.of(
          "clock_getres",
          "clock_gettime",
          "clock_nanosleep",
          "futex",
          "getcpu",
          "getrandom",
          "gettimeofday",
          "madvise",
          "mmap",
          "mprotect",
          "munmap",
          "restart_syscall",
          "rt_sigprocmask",
          "rt_sigreturn",
          "sched_yield",
          "time");

  /**
   * Take the calls that were made on descriptors of one kind: reads of sockets apart from those of
   * the eventfds by which threads wake each other.
   *
   * @param kind what the descriptor is, the first argument of the call
   * @return the same loads, with these calls alone
   * @throws dev.socketlab.probe.ProbeException if the tracer does not look at descriptors: {@link
   *     Tracer#STRACE} and {@link Tracer#STRACE_ATTACHED} do
   */
  public SyscallMix on(DescriptorKind kind) {
    return of(counts -> counts.on(kind));
  }

  /**
   * Take the calls that ended with one error: reads that only found {@code EAGAIN}, accepts that
   * failed with {@code EMFILE}.
   *
   * @param error its name
   * @return the same loads, with these calls alone
   * @throws dev.socketlab.probe.ProbeException if the tracer does not look at errors: {@link
   *     Tracer#STRACE} and {@link Tracer#STRACE_ATTACHED} do
   */
  public SyscallMix failedWith(String error) {
    return of(counts -> counts.failedWith(error));
  }

  private SyscallMix of(UnaryOperator<SyscallCounts> chosen) {
    return new SyscallMix(
        tracer,
        warmUp,
        startUp.map(chosen),
        smaller.of(chosen),
        larger.of(chosen),
        untraced,
        wholeProcess.map(chosen));
  }

  /**
   * Tell on what kinds of descriptors the loads made a call.
   *
   * @param name the kernel's name
   * @return the kinds; empty when the tracer does not look, or there was no such call
   */
  public SortedSet<DescriptorKind> kinds(String name) {
    SortedSet<DescriptorKind> kinds = new TreeSet<>(smaller.counts().kinds(name));
    kinds.addAll(larger.counts().kinds(name));
    return kinds;
  }

  /**
   * Divide what the larger load has more by the operations it has more.
   *
   * @return calls per operation by name, for every call that was seen, in alphabetical order
   */
  public Map<String, Slope> slopes() {
    return smaller.counts().slope(larger.counts(), smaller.operations(), larger.operations());
  }

  /**
   * Tell the calls per operation of one system call.
   *
   * @param name the kernel's name
   * @return the slope; 0 for a call that was watched and never made
   * @throws dev.socketlab.probe.ProbeException if it was not watched
   */
  public Slope slope(String name) {
    return slope(List.of(name));
  }

  /**
   * Tell the calls per operation of several system calls together, for instance of one whose name
   * depends on the architecture.
   *
   * @param names the kernel's names
   * @return the slope of their sum
   * @throws dev.socketlab.probe.ProbeException if one was not watched
   */
  public Slope slope(List<String> names) {
    return new Slope(sum(smaller.counts(), names), sum(larger.counts(), names), moreOperations());
  }

  /**
   * Tell the calls per operation of a family of system calls together.
   *
   * @param family the calls; those that the tracer did not watch do not count
   * @return the slope of their sum
   * @throws dev.socketlab.probe.ProbeException if none was watched
   */
  public Slope slope(SyscallFamily family) {
    return slope(watched(family));
  }

  /**
   * Tell whether a call was made while the larger load was driven.
   *
   * @param name the kernel's name; any call of its {@link SyscallFamily} will do
   * @return whether it was seen
   * @throws dev.socketlab.probe.ProbeException if it was not watched
   */
  public boolean saw(String name) {
    List<String> names = SyscallFamily.of(name).map(this::watched).orElse(List.of(name));
    return sum(larger.counts(), names) > 0;
  }

  /**
   * Tell how much longer the larger load took under the tracer.
   *
   * @return wall time with it, divided by wall time without; empty when that was 0
   */
  public OptionalDouble slowdown() {
    long without = untraced.wall().toNanos();
    return without == 0
        ? OptionalDouble.empty()
        : OptionalDouble.of((double) larger.cost().wall().toNanos() / without);
  }

  private long moreOperations() {
    return larger.operations() - smaller.operations();
  }

  /** All members where none was watched, so that asking for their counts fails with the reason. */
  private List<String> watched(SyscallFamily family) {
    SyscallCounts counts = larger.counts();
    List<String> watched =
        family.members().stream()
            .filter(name -> counts.exhaustive() || counts.counts().containsKey(name))
            .toList();
    return watched.isEmpty() ? family.members() : watched;
  }

  private static long sum(SyscallCounts counts, List<String> names) {
    return names.stream().mapToLong(counts::calls).sum();
  }

  /**
   * Show the calls of both loads, the slope and what is left over, the most frequent call first.
   *
   * @return a table of several lines
   */
  @Override
  public String toString() {
    return MixText.of(this);
  }

  /**
   * What a load cost.
   *
   * {@snippet :
   * double microsEach = cost.cpu().toNanos() / 1_000.0 / cost.operations();
   * }
   *
   * @param operations how many operations it was
   * @param wall time from its start to its end, as the driver saw it
   * @param cpu CPU time of the subject, user and system, including threads that have ended
   * @param cpuResolution how far the CPU time may be off: two clock ticks
   */
  public record Cost(long operations, Duration wall, Duration cpu, Duration cpuResolution) {}

  /**
   * One load under a tracer.
   *
   * {@snippet :
   * double slowdown =
   *     (double) traced.cost().wall().toNanos() / plain.cost().wall().toNanos();
   * }
   *
   * @param counts the calls of the window that the load was in
   * @param cost what the load cost under the tracer
   */
  public record Pass(SyscallCounts counts, SyscallMix.Cost cost) {

    Pass of(UnaryOperator<SyscallCounts> chosen) {
      return new Pass(chosen.apply(counts), cost);
    }

    /**
     * Tell the size of the load.
     *
     * @return operations
     */
    public long operations() {
      return cost.operations();
    }
  }
}
