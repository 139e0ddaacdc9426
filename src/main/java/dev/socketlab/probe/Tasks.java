package dev.socketlab.probe;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * The threads of a process, as directories {@code /proc/<pid>/task/<tid>}.
 *
 * <p>The kernel lists them by walking from thread to thread. Where the one it stands on ends, the
 * walk ends too, or goes on by counting ({@code first_tid} and {@code next_tid} in {@code
 * fs/proc/base.c}), so that a listing can leave out a thread that lives before, during and after it
 * (seen on Linux 6.18 in about one of a hundred listings while other threads ended; TasksTest shows
 * it). A listing is complete for sure if the process had as many threads right after it, and each
 * thread of it lives still after that.
 */
final class Tasks {
  /**
   * A process that starts and ends threads all the time may let no listing be complete. Then all
   * threads of this many listings are taken: one that lives is left out only if all left it out.
   */
  static final int LISTINGS = 10;

  private Tasks() {}

  /** Read each thread of a process; one that ends meanwhile is left out. */
  static <T> List<T> read(long pid, Function<Path, T> reader) {
    List<T> read = new ArrayList<>();
    for (Path task : of(pid)) {
      try {
        read.add(reader.apply(task));
      } catch (ProbeException e) {
        if (Files.exists(task)) {
          throw e;
        }
      }
    }
    return read;
  }

  static TaskStatus status(Path task) {
    Path status = task.resolve("status");
    return new TaskStatus(status.toString(), KernelText.lines(status));
  }

  /** All threads that live throughout the call, and perhaps some that have ended. */
  static Set<Path> of(long pid) {
    Path process = Path.of("/proc", Long.toString(pid));
    return of(
        new Listing() {
          @Override
          public List<Path> list() {
            return listed(process.resolve("task"));
          }

          @Override
          public long count() {
            return status(process).count("Threads");
          }
        },
        Files::exists);
  }

  static Set<Path> of(Listing listing, Predicate<Path> lives) {
    Set<Path> found = new LinkedHashSet<>();
    for (int n = 0; n < LISTINGS; n++) {
      List<Path> tasks = listing.list();
      long count = listing.count();
      found.addAll(tasks);
      if (tasks.size() == count && tasks.stream().allMatch(lives)) {
        break;
      }
    }
    return found;
  }

  private static List<Path> listed(Path directory) {
    try (Stream<Path> tasks = Files.list(directory)) {
      return tasks.toList();
    } catch (IOException | UncheckedIOException e) {
      throw ProbeException.unreadable(directory.toString(), e);
    }
  }

  interface Listing {
    List<Path> list();

    long count();
  }
}
