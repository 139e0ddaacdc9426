package dev.socketlab.load;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

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

  /** Run a part of the load; return when all loops have ended. */
  List<Tally> run(Work work) throws IOException {
    List<FutureTask<Tally>> tasks = new ArrayList<>();
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < loops.size(); i++) {
      DriverLoop loop = loops.get(i);
      Share share = new Share(i, loops.size());
      Callable<Tally> part = () -> loop.run(work.of(loop, share));
      tasks.add(new FutureTask<>(part));
    }
    // Platform threads: these inherit the network of the thread that starts them.
    for (FutureTask<Tally> task : tasks.subList(1, tasks.size())) {
      threads.add(Thread.ofPlatform().name("load-driver").daemon().start(task));
    }
    boolean done = false;
    try {
      tasks.getFirst().run();
      List<Tally> tallies = new ArrayList<>();
      for (FutureTask<Tally> task : tasks) {
        tallies.add(result(task));
      }
      done = true;
      return tallies;
    } finally {
      if (!done) {
        end(threads);
      }
    }
  }

  private static Tally result(FutureTask<Tally> task) throws IOException {
    try {
      return task.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted: the load is not complete");
    } catch (ExecutionException e) {
      switch (e.getCause()) {
        case IOException cause -> throw cause;
        case RuntimeException cause -> throw cause;
        case Error cause -> throw cause;
        case null, default -> throw new IllegalStateException(e);
      }
    }
  }

  private static void end(List<Thread> threads) {
    for (Thread thread : threads) {
      thread.interrupt();
    }
    boolean interrupted = Thread.interrupted();
    for (Thread thread : threads) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  Failures failures() {
    return loops.stream()
        .map(DriverLoop::failures)
        .reduce(Failures::plus)
        .orElseThrow(() -> new IllegalStateException("no driver loop"));
  }
}
