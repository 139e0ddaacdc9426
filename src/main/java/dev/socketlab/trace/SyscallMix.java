package dev.socketlab.trace;

import dev.socketlab.probe.SyscallCounts;
import dev.socketlab.probe.SyscallSlope;
import dev.socketlab.probe.SyscallSlopes;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;

/**
 * The system calls of a subject, from two loads of which one has twice the operations of the other:
 * what grows from one to the other belongs to the operations, whatever else the process does.
 *
 * <pre>{@code
 * long reads = mix.slope(SyscallFamily.READ).nearestInteger();
 * }</pre>
 *
 * @param tracer what counted
 * @param warmUp operations that each subject was warmed up with; they are in {@code startUp} and in
 *     both passes of a tracer that launches, and in no window of one that attaches
 * @param startUp calls of a process that was started, warmed up and stopped; empty when the tracer
 *     attached to a running process
 * @param smaller the load of N operations
 * @param larger the load of 2 N operations
 * @param untraced what the larger load costs without a tracer, for comparison
 */
public record SyscallMix(
    Tracer tracer,
    long warmUp,
    Optional<SyscallCounts> startUp,
    SyscallPass smaller,
    SyscallPass larger,
    LoadCost untraced) {

  /**
   * Calls that the run-time of a language makes for itself: locks, memory, timers, signals. How
   * often is a matter of timing, so no mechanism can rest on them.
   */
  public static final Set<String> RUNTIME_CALLS =
      Set.of(
          "clock_nanosleep",
          "futex",
          "madvise",
          "mmap",
          "mprotect",
          "munmap",
          "restart_syscall",
          "rt_sigprocmask",
          "rt_sigreturn",
          "sched_yield");

  /**
   * Divide what the larger load has more by the operations it has more.
   *
   * @return calls per operation, for every call that was seen
   */
  public SyscallSlopes slopes() {
    return smaller.counts().slope(larger.counts(), smaller.operations(), larger.operations());
  }

  /**
   * Tell the calls per operation of one system call.
   *
   * @param name the kernel's name
   * @return the slope; 0 for a call that was watched and never made
   * @throws dev.socketlab.probe.ProbeException if it was not watched
   */
  public SyscallSlope slope(String name) {
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
  public SyscallSlope slope(List<String> names) {
    return new SyscallSlope(
        sum(smaller.counts(), names), sum(larger.counts(), names), moreOperations());
  }

  /**
   * Tell the calls per operation of a family of system calls together.
   *
   * @param family the calls; those that the tracer did not watch do not count
   * @return the slope of their sum
   * @throws dev.socketlab.probe.ProbeException if none was watched
   */
  public SyscallSlope slope(SyscallFamily family) {
    return slope(watched(family));
  }

  /**
   * Tell whether the loads made a call: whether the larger pass has more of it than the start-up. A
   * start varies by a few calls, so this tells little of a call that the start makes too and a load
   * makes only once.
   *
   * @param name the kernel's name; any call of its {@link SyscallFamily} will do
   * @return whether it was seen
   * @throws dev.socketlab.probe.ProbeException if it was not watched
   */
  public boolean saw(String name) {
    List<String> names = SyscallFamily.of(name).map(this::watched).orElse(List.of(name));
    long before = startUp.map(counts -> sum(counts, names)).orElse(0L);
    return sum(larger.counts(), names) > before;
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
    return SyscallMixText.of(this);
  }
}
