package dev.socketlab.probe;

import java.util.function.Predicate;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;

/**
 * Whether the threads of a process are at work, from {@code /proc/<pid>/task/*}{@code /status}. The
 * threads are read one after the other, so a process is at rest for sure only when two readings in
 * a row are equal and say that all sleep.
 *
 * {@snippet :
 * boolean atRest = ThreadActivity.read(server.pid()).allAsleep();
 * }
 *
 * @param threads how many there are
 * @param asleep how many of them sleep and can be woken ({@code State: S}), or are idle ({@code I})
 * @param switches context switches of all of them since their start
 */
@API(status = Status.EXPERIMENTAL, since = "0.1")
public record ThreadActivity(int threads, int asleep, long switches) {

  /**
   * Read the threads of a process.
   *
   * @param pid a process of the reader's pid namespace
   * @return the reading
   * @throws ProbeException if the process does not exist or has ended, or a file cannot be parsed
   */
  public static ThreadActivity read(long pid) {
    return read(pid, _ -> true);
  }

  /**
   * Read some threads of a process.
   *
   * @param pid a process of the reader's pid namespace
   * @param names which threads, by their names as the kernel keeps them: at most 15 bytes. A new
   *     thread of a JVM has its parent's name until it is first scheduled and names itself.
   * @return the reading
   * @throws ProbeException if the process does not exist or has ended, a file cannot be parsed, or
   *     no thread has such a name
   */
  public static ThreadActivity read(long pid, Predicate<String> names) {
    ThreadActivity sum = new ThreadActivity(0, 0, 0);
    for (TaskStatus status : Tasks.read(pid, Tasks::status)) {
      if (names.test(status.name())) {
        sum = sum.plus(status);
      }
    }
    if (sum.threads == 0) {
      throw ProbeException.incomplete(
          "/proc/" + pid + "/task", "at least one live thread of those asked for");
    }
    return sum;
  }

  /**
   * Tell whether no thread was at work when it was read.
   *
   * @return whether all sleep; a thread that a tracer has stopped does not sleep
   */
  public boolean allAsleep() {
    return asleep == threads;
  }

  ThreadActivity plus(TaskStatus status) {
    boolean sleeps = status.state() == 'S' || status.state() == 'I';
    return new ThreadActivity(
        threads + 1,
        asleep + (sleeps ? 1 : 0),
        switches
            + status.count("voluntary_ctxt_switches")
            + status.count("nonvoluntary_ctxt_switches"));
  }
}
