package dev.socketlab.probe;

import java.util.List;
import java.util.function.ToLongFunction;

/**
 * Sum of the counters of several threads.
 *
 * <pre>{@code
 * ThreadGroupUsage serving = used.byRole(ThreadRoles.ofJvm()).get(ThreadRole.SERVING);
 * }</pre>
 *
 * @param threads how many threads
 * @param userTicks CPU time in user space, in clock ticks; sampled, see {@link Share}
 * @param systemTicks CPU time in the kernel, in clock ticks; sampled
 * @param runNs nanoseconds on a CPU, exact
 * @param waitNs nanoseconds runnable but waiting for a CPU
 * @param voluntarySwitches times a thread gave up the CPU to wait
 * @param involuntarySwitches times the CPU was taken from a thread
 */
public record ThreadGroupUsage(
    int threads,
    long userTicks,
    long systemTicks,
    long runNs,
    long waitNs,
    long voluntarySwitches,
    long involuntarySwitches) {

  static ThreadGroupUsage sum(List<ThreadCounters> threads) {
    return new ThreadGroupUsage(
        threads.size(),
        sum(threads, ThreadCounters::userTicks),
        sum(threads, ThreadCounters::systemTicks),
        sum(threads, ThreadCounters::runNs),
        sum(threads, ThreadCounters::waitNs),
        sum(threads, ThreadCounters::voluntarySwitches),
        sum(threads, ThreadCounters::involuntarySwitches));
  }

  private static long sum(List<ThreadCounters> threads, ToLongFunction<ThreadCounters> counter) {
    return threads.stream().mapToLong(counter).reduce(0, Math::addExact);
  }
}
