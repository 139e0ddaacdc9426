package dev.socketlab.probe;

import dev.socketlab.probe.internal.Counter;
import dev.socketlab.probe.internal.Line;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;

/**
 * Snapshot of every live thread of a process, from {@code /proc/<pid>/task/*} ({@code stat}, {@code
 * schedstat}, {@code status}).
 *
 * <p>The threads are read one after the other, in tenths of a millisecond each; a thread that ends
 * meanwhile is left out, and one that lives is in it, though a single listing of the directory may
 * miss it where another ends.
 *
 * {@snippet :
 * int threads = ThreadUsage.read(server.pid()).threads().size();
 * }
 *
 * @param pid the process
 * @param threads its threads by ascending id
 */
@API(status = Status.EXPERIMENTAL, since = "0.1")
public record ThreadUsage(long pid, List<Counters> threads) {

  @SuppressWarnings("doclint:missing")
  public ThreadUsage {
    threads = List.copyOf(threads);
  }

  /**
   * Read the threads of a process.
   *
   * @param pid a process of the reader's pid namespace
   * @return the snapshot, with at least one thread
   * @throws ProbeException if the process does not exist or has ended, or a file cannot be read or
   *     parsed (a kernel without scheduler statistics has no {@code schedstat})
   */
  public static ThreadUsage read(long pid) {
    List<Counters> threads = Tasks.read(pid, ThreadUsage::counters);
    if (threads.isEmpty()) {
      throw ProbeException.incomplete("/proc/" + pid + "/task", "at least one live thread");
    }
    threads.sort(Comparator.comparingLong(Counters::tid));
    return new ThreadUsage(pid, threads);
  }

  private static Counters counters(Path task) {
    Path stat = task.resolve("stat");
    Path schedstat = task.resolve("schedstat");
    return Counters.parse(
        TaskStat.parse(stat.toString(), KernelText.read(stat)),
        Tasks.status(task),
        new Line(schedstat.toString(), 1, KernelText.read(schedstat).stripTrailing()));
  }

  /**
   * Subtract an earlier snapshot of the same process.
   *
   * @param before the earlier snapshot
   * @return what each thread used in between, with the threads born and exited
   * @throws ProbeException if the snapshots are of different processes or a counter went backwards
   */
  public Delta since(ThreadUsage before) {
    if (pid != before.pid) {
      throw ProbeException.inconsistent(
          "/proc/" + pid, "not the same process: before=%d, after=%d".formatted(before.pid, pid));
    }
    List<Counters> survived = new ArrayList<>();
    List<Counters> born = new ArrayList<>();
    for (Counters now : threads) {
      before
          .find(now)
          .ifPresentOrElse(earlier -> survived.add(now.since(earlier)), () -> born.add(now));
    }
    List<Counters> exited =
        before.threads.stream().filter(earlier -> find(earlier).isEmpty()).toList();
    return new Delta(survived, born, exited);
  }

  private Optional<Counters> find(Counters thread) {
    return threads.stream().filter(thread::isSameThreadAs).findFirst();
  }

  /**
   * What the threads of a process used between two snapshots.
   *
   * <p>The kernel forgets a thread's counters when it ends. So what a thread of {@code exited} used
   * after the first snapshot, and all that a thread used which was born <em>and</em> ended in
   * between, is in no sum here: with exits, every sum is a lower bound. The CPU ticks and faults of
   * {@link ProcessUsage} include ended threads.
   *
   * {@snippet :
   * ThreadUsage before = ThreadUsage.read(server.pid());
   * burst.run();
   * long ns = ThreadUsage.read(server.pid()).since(before).total().runNs();
   * }
   *
   * @param survived threads of both snapshots, with what they used in between
   * @param born threads of the second snapshot only, with all they used since their start
   * @param exited threads of the first snapshot only, with what they had used <em>before</em> it
   */
  public record Delta(List<Counters> survived, List<Counters> born, List<Counters> exited) {

    @SuppressWarnings("doclint:missing")
    public Delta {
      survived = List.copyOf(survived);
      born = List.copyOf(born);
      exited = List.copyOf(exited);
    }

    /**
     * List the threads that were alive at the end.
     *
     * @return the survivors, then the born, with what they used in between
     */
    public List<Counters> threads() {
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
    public Group total() {
      return Group.sum(threads());
    }

    /**
     * Sum up the threads that were alive at the end, by what they do.
     *
     * @param roles how a name tells the role
     * @return a sum for every role, also for one without threads, in the order of the roles
     */
    public Map<ThreadRoles.Role, Group> byRole(ThreadRoles roles) {
      Map<ThreadRoles.Role, Group> sums = new EnumMap<>(ThreadRoles.Role.class);
      for (ThreadRoles.Role role : ThreadRoles.Role.values()) {
        sums.put(
            role,
            Group.sum(
                threads().stream().filter(thread -> roles.of(thread.name()) == role).toList()));
      }
      return sums;
    }
  }

  /**
   * Sum of the counters of several threads.
   *
   * {@snippet :
   * ThreadUsage.Group serving = used.byRole(ThreadRoles.ofJvm()).get(ThreadRoles.Role.SERVING);
   * }
   *
   * @param threads how many threads
   * @param userTicks CPU time in user space, in clock ticks; sampled, see {@link Share}
   * @param systemTicks CPU time in the kernel, in clock ticks; sampled
   * @param runNs nanoseconds on a CPU, exact
   * @param waitNs nanoseconds runnable but waiting for a CPU
   * @param voluntarySwitches times a thread gave up the CPU to wait
   * @param involuntarySwitches times the CPU was taken from a thread
   */
  public record Group(
      int threads,
      long userTicks,
      long systemTicks,
      long runNs,
      long waitNs,
      long voluntarySwitches,
      long involuntarySwitches) {

    static Group sum(List<Counters> threads) {
      return new Group(
          threads.size(),
          sum(threads, Counters::userTicks),
          sum(threads, Counters::systemTicks),
          sum(threads, Counters::runNs),
          sum(threads, Counters::waitNs),
          sum(threads, Counters::voluntarySwitches),
          sum(threads, Counters::involuntarySwitches));
    }

    private static long sum(List<Counters> threads, ToLongFunction<Counters> counter) {
      return threads.stream().mapToLong(counter).reduce(0, Math::addExact);
    }
  }

  /**
   * Counters of one thread, since it was started or between two readings.
   *
   * {@snippet :
   * for (ThreadUsage.Counters thread : ThreadUsage.read(server.pid()).threads()) {
   *   System.out.println(thread.name() + " " + thread.runNs() / 1_000 + " µs");
   * }
   * }
   *
   * @param tid thread id
   * @param name the thread's name as the kernel keeps it: at most 15 bytes ({@code
   *     task/<tid>/stat})
   * @param startTimeTicks when it was started, in clock ticks since boot; with the id, its identity
   * @param userTicks CPU time in user space, in clock ticks; sampled, see {@link Share}
   * @param systemTicks CPU time in the kernel, in clock ticks; sampled
   * @param runNs nanoseconds on a CPU, exact ({@code schedstat}, first number)
   * @param waitNs nanoseconds runnable but waiting for a CPU ({@code schedstat}, second number)
   * @param slices times it was put on a CPU ({@code schedstat}, third number)
   * @param voluntarySwitches times it gave up the CPU to wait ({@code status})
   * @param involuntarySwitches times the CPU was taken from it ({@code status})
   */
  public record Counters(
      long tid,
      String name,
      long startTimeTicks,
      long userTicks,
      long systemTicks,
      long runNs,
      long waitNs,
      long slices,
      long voluntarySwitches,
      long involuntarySwitches) {

    static Counters parse(TaskStat stat, TaskStatus status, Line schedstat) {
      List<String> fields = schedstat.fields(3);
      return new Counters(
          stat.id(),
          stat.name(),
          stat.startTimeTicks(),
          stat.userTicks(),
          stat.systemTicks(),
          schedstat.unsigned(fields.get(0), "run time"),
          schedstat.unsigned(fields.get(1), "wait time"),
          schedstat.unsigned(fields.get(2), "time slices"),
          status.count("voluntary_ctxt_switches"),
          status.count("nonvoluntary_ctxt_switches"));
    }

    boolean isSameThreadAs(Counters other) {
      return tid == other.tid && startTimeTicks == other.startTimeTicks;
    }

    /**
     * Subtract an earlier reading of this thread.
     *
     * @param before the earlier reading
     * @return what each counter counted in between, under the name that the thread has now
     * @throws ProbeException if the readings are of different threads or a counter went backwards
     */
    public Counters since(Counters before) {
      if (!isSameThreadAs(before)) {
        throw ProbeException.inconsistent(
            source(), "not the same thread: before=%s, after=%s".formatted(before, this));
      }
      return new Counters(
          tid,
          name,
          startTimeTicks,
          grown("user ticks", before.userTicks, userTicks),
          grown("system ticks", before.systemTicks, systemTicks),
          grown("run time", before.runNs, runNs),
          grown("wait time", before.waitNs, waitNs),
          grown("time slices", before.slices, slices),
          grown("voluntary switches", before.voluntarySwitches, voluntarySwitches),
          grown("involuntary switches", before.involuntarySwitches, involuntarySwitches));
    }

    private long grown(String counter, long before, long after) {
      return Counter.difference(source(), counter, before, after);
    }

    private String source() {
      return "thread %d (%s)".formatted(tid, name);
    }
  }
}
