package dev.socketlab.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.socketlab.testkit.Laboratory;
import dev.socketlab.testkit.Laboratory.Outcome;
import java.nio.file.Path;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.api.parallel.Isolated;

/** Where JUnit runs tests in parallel, an experiment still has the JVM for itself. */
@Isolated("the fixtures count what runs in this JVM at the same time")
class ParallelRunTest {

  private static final int A_WHILE_MS = 100;
  private static final AtomicInteger RUNNING = new AtomicInteger();
  private static final Queue<Integer> SEEN = new ConcurrentLinkedQueue<>();
  private static final Queue<Integer> SEEN_BY_EXPERIMENTS = new ConcurrentLinkedQueue<>();
  private static CountDownLatch everybody = new CountDownLatch(1);
  private static long atMostMs;

  private @TempDir Path folder;

  @BeforeEach
  void startAnew() {
    SEEN.clear();
    SEEN_BY_EXPERIMENTS.clear();
  }

  private Outcome run(Class<?>... fixtures) {
    return new Laboratory(folder)
        .with("junit.jupiter.execution.parallel.enabled", "true")
        .with("junit.jupiter.execution.parallel.mode.default", "concurrent")
        .with("junit.jupiter.execution.parallel.config.strategy", "fixed")
        .with("junit.jupiter.execution.parallel.config.fixed.parallelism", "4")
        .runTogether(fixtures);
  }

  /** Notes how many are in here, and stays for a while, so that others could come too. */
  private static void stay(Queue<Integer> seen) throws InterruptedException {
    seen.add(RUNNING.incrementAndGet());
    everybody.countDown();
    boolean _ = everybody.await(atMostMs, TimeUnit.MILLISECONDS);
    seen.add(RUNNING.get());
    RUNNING.decrementAndGet();
  }

  static class PlainOne {
    @Test
    void one() throws Exception {
      stay(SEEN);
    }
  }

  static class PlainTwo {
    @Test
    void two() throws Exception {
      stay(SEEN);
    }
  }

  @Experiment(title = "a fixture", shows = "that it is alone", doesNotShow = "anything else")
  abstract static class Alone {
    @Trials(3)
    void trial() throws Exception {
      stay(SEEN_BY_EXPERIMENTS);
    }

    @Test
    void plain() throws Exception {
      stay(SEEN_BY_EXPERIMENTS);
    }

    @Mechanism("it was alone")
    void mechanism() throws Exception {
      stay(SEEN_BY_EXPERIMENTS);
    }
  }

  @Tag("first")
  static class First extends Alone {}

  /** The user's own wish gives way to the isolation. */
  @Tag("second")
  @Execution(ExecutionMode.CONCURRENT)
  static class Second extends Alone {}

  /** Otherwise the other test would show nothing. */
  @Test
  void plainTestsMeet() {
    everybody = new CountDownLatch(2);
    atMostMs = TimeUnit.MINUTES.toMillis(1);

    Outcome outcome = run(PlainOne.class, PlainTwo.class);

    assertThat(outcome.failures()).isEmpty();
    assertThat(SEEN).contains(2);
  }

  @Test
  void experimentsAndTheirMethodsMeetNobody() throws Exception {
    everybody = new CountDownLatch(Integer.MAX_VALUE);
    atMostMs = A_WHILE_MS;

    Outcome outcome = run(First.class, PlainOne.class, Second.class, PlainTwo.class);

    assertThat(outcome.failures()).isEmpty();
    assertThat(List.of("first", "second"))
        .allSatisfy(name -> assertThat(outcome.artifact(name)).isPresent());
    assertThat(outcome.started()).hasSize(2 * 5 + 2);
    assertThat(SEEN_BY_EXPERIMENTS).hasSize(2 * 2 * 5).containsOnly(1);
  }
}
