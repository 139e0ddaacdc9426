package dev.socketlab.load;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The driver loops of a load, the first on the calling thread and the others on threads from it.
 */
final class DriverThreads {
  private final List<DriverLoop> loops;

  DriverThreads(List<DriverLoop> loops) {
    this.loops = loops;
  }

  /** What each loop is to start in a part of the load. */
  @FunctionalInterface
  interface Work {
    Starts of(DriverLoop loop, Share share);
  }

  /** Run a part of the load; return when all loops have ended. What breaks one, stops all. */
  List<Tally> run(Work work) throws IOException {
    AtomicReference<@Nullable Throwable> broken = new AtomicReference<>();
    List<FutureTask<Tally>> tasks = new ArrayList<>();
    for (int i = 0; i < loops.size(); i++) {
      DriverLoop loop = loops.get(i);
      Share share = new Share(i, loops.size());
      tasks.add(new FutureTask<>(() -> stoppingAll(broken, () -> loop.run(work.of(loop, share)))));
    }
    // Platform threads: these inherit the network of the thread that starts them.
    for (FutureTask<Tally> task : tasks.subList(1, tasks.size())) {
      Thread.ofPlatform().name("load-driver").daemon().start(task);
    }
    tasks.getFirst().run();
    List<Tally> tallies = new ArrayList<>();
    for (FutureTask<Tally> task : tasks) {
      result(task).ifPresent(tallies::add);
    }
    if (broken.get() != null) {
      throw rethrown(broken.get());
    }
    return tallies;
  }

  private Tally stoppingAll(AtomicReference<@Nullable Throwable> broken, Callable<Tally> part)
      throws Exception {
    try {
      return part.call();
    } catch (Throwable e) {
      broken.compareAndSet(null, e);
      loops.forEach(DriverLoop::stop);
      throw e;
    }
  }

  /** Wait for the end of a loop, even if interrupted: its sockets must not be closed before. */
  private Optional<Tally> result(FutureTask<Tally> task) {
    boolean interrupted = false;
    try {
      while (true) {
        try {
          return Optional.of(task.get());
        } catch (InterruptedException e) {
          interrupted = true;
          loops.forEach(DriverLoop::stop);
        }
      }
    } catch (ExecutionException e) {
      return Optional.empty();
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private static IOException rethrown(@Nullable Throwable broken) {
    return switch (broken) {
      case IOException e -> e;
      case RuntimeException e -> throw e;
      case Error e -> throw e;
      case null, default -> throw new IllegalStateException(broken);
    };
  }

  Failures failures() {
    return loops.stream()
        .map(DriverLoop::failures)
        .reduce(Failures::plus)
        .orElseThrow(() -> new IllegalStateException("no driver loop"));
  }
}
