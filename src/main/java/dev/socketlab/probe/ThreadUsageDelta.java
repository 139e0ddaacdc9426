package dev.socketlab.probe;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What the threads of a process used between two snapshots.
 *
 * <p>The kernel forgets a thread's counters when it ends. So what a thread of {@code exited} used
 * after the first snapshot, and all that a thread used which was born <em>and</em> ended in
 * between, is in no sum here: with exits, every sum is a lower bound. The CPU ticks and faults of
 * {@link ProcessUsage} include ended threads.
 *
 * <pre>{@code
 * ThreadUsage before = ThreadUsage.read(server.pid());
 * burst.run();
 * long ns = ThreadUsage.read(server.pid()).since(before).total().runNs();
 * }</pre>
 *
 * @param survived threads of both snapshots, with what they used in between
 * @param born threads of the second snapshot only, with all they used since their start
 * @param exited threads of the first snapshot only, with what they had used <em>before</em> it
 */
public record ThreadUsageDelta(
    List<ThreadCounters> survived, List<ThreadCounters> born, List<ThreadCounters> exited) {

  /** Keep unmodifiable copies of the lists. */
  public ThreadUsageDelta {
    survived = List.copyOf(survived);
    born = List.copyOf(born);
    exited = List.copyOf(exited);
  }

  /**
   * List the threads that were alive at the end.
   *
   * @return the survivors, then the born, with what they used in between
   */
  public List<ThreadCounters> threads() {
    return Stream.concat(survived.stream(), born.stream()).toList();
  }

  /**
   * Tell whether the sums miss something for sure.
   *
   * @return whether a thread of the first snapshot has ended; false does not exclude threads born
   *     and ended in between
   */
  public boolean isLowerBound() {
    return !exited.isEmpty();
  }

  /**
   * Sum up all threads that were alive at the end.
   *
   * @return the sum
   */
  public ThreadGroupUsage total() {
    return ThreadGroupUsage.sum(threads());
  }

  /**
   * Sum up the threads that were alive at the end, by what they do.
   *
   * @param roles how a name tells the role
   * @return a sum for every role, also for one without threads, in the order of the roles
   */
  public Map<ThreadRole, ThreadGroupUsage> byRole(ThreadRoles roles) {
    Map<ThreadRole, ThreadGroupUsage> sums = new EnumMap<>(ThreadRole.class);
    for (ThreadRole role : ThreadRole.values()) {
      sums.put(
          role,
          ThreadGroupUsage.sum(
              threads().stream().filter(thread -> roles.of(thread.name()) == role).toList()));
    }
    return sums;
  }
}
