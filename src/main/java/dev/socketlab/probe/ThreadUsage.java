package dev.socketlab.probe;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Snapshot of every live thread of a process, from {@code /proc/<pid>/task/*} ({@code stat}, {@code
 * schedstat}, {@code status}).
 *
 * <p>The threads are read one after the other, in tenths of a millisecond each; a thread that ends
 * meanwhile is left out, and one that lives is in it, though a single listing of the directory may
 * miss it where another ends.
 *
 * <pre>{@code
 * int threads = ThreadUsage.read(server.pid()).threads().size();
 * }</pre>
 *
 * @param pid the process
 * @param threads its threads by ascending id
 */
public record ThreadUsage(long pid, List<ThreadCounters> threads) {

  /** Keep an unmodifiable copy of the threads. */
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
    List<ThreadCounters> threads = Tasks.read(pid, ThreadUsage::counters);
    if (threads.isEmpty()) {
      throw ProbeException.incomplete("/proc/" + pid + "/task", "at least one live thread");
    }
    threads.sort(Comparator.comparingLong(ThreadCounters::tid));
    return new ThreadUsage(pid, threads);
  }

  private static ThreadCounters counters(Path task) {
    Path stat = task.resolve("stat");
    Path schedstat = task.resolve("schedstat");
    return ThreadCounters.parse(
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
  public ThreadUsageDelta since(ThreadUsage before) {
    if (pid != before.pid) {
      throw ProbeException.inconsistent(
          "/proc/" + pid, "not the same process: before=%d, after=%d".formatted(before.pid, pid));
    }
    List<ThreadCounters> survived = new ArrayList<>();
    List<ThreadCounters> born = new ArrayList<>();
    for (ThreadCounters now : threads) {
      before
          .find(now)
          .ifPresentOrElse(earlier -> survived.add(now.since(earlier)), () -> born.add(now));
    }
    List<ThreadCounters> exited =
        before.threads.stream().filter(earlier -> find(earlier).isEmpty()).toList();
    return new ThreadUsageDelta(survived, born, exited);
  }

  private Optional<ThreadCounters> find(ThreadCounters thread) {
    return threads.stream().filter(thread::isSameThreadAs).findFirst();
  }
}
