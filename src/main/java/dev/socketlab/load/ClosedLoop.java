package dev.socketlab.load;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.HdrHistogram.Histogram;

/**
 * Runs a load plan: as many sessions at a time as the plan says, each followed by the next. All
 * sockets are opened, and everything is done, on the calling thread, so that a thread in a private
 * network loads that network. A session that fails is counted and the load goes on.
 */
public final class ClosedLoop implements Consumer<SelectionKey> {
  private static final long LONGEST_TICK_MS = 50;
  private static final int SIGNIFICANT_DIGITS = 3;

  private final LoadPlan plan;
  private final Conversations conversations;
  private final Selector selector;
  private final Histogram latencies = new Histogram(SIGNIFICANT_DIGITS);
  private final List<String> firstFailures = new ArrayList<>();
  private long started;
  private long completed;
  private long failed;

  private ClosedLoop(LoadPlan plan, Conversations conversations, Selector selector) {
    this.plan = plan;
    this.conversations = conversations;
    this.selector = selector;
  }

  /**
   * Run a plan to its end.
   *
   * @param plan how much, and how
   * @param conversations makes the conversation of each session
   * @return what came of it; failed sessions are in it and throw nothing
   * @throws IOException if no selector can be had
   */
  public static LoadResult run(LoadPlan plan, Conversations conversations) throws IOException {
    try (Selector selector = Selector.open()) {
      ClosedLoop loop = new ClosedLoop(plan, conversations, selector);
      try {
        return loop.run();
      } finally {
        loop.closeAll();
      }
    }
  }

  private LoadResult run() throws IOException {
    long tickMs = Math.clamp(plan.timeLimit().toMillis() / 4, 1, LONGEST_TICK_MS);
    long cpuStartNs = threadCpuNs();
    long startNs = System.nanoTime();
    long lastTickNs = startNs;
    while (completed + failed < plan.sessions()) {
      startSessions();
      selector.select(this, tickMs);
      long nowNs = System.nanoTime();
      if (nowNs - lastTickNs >= tickMs * 1_000_000) {
        lastTickNs = nowNs;
        failOverdue(nowNs);
      }
    }
    return new LoadResult(
        plan.sessions(),
        completed,
        failed,
        List.copyOf(firstFailures),
        Duration.ofNanos(System.nanoTime() - startNs),
        Duration.ofNanos(threadCpuNs() - cpuStartNs),
        latencies);
  }

  private static long threadCpuNs() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
  }

  private void startSessions() throws IOException {
    while (started < plan.sessions() && started - completed - failed < plan.concurrency()) {
      long number = started++;
      LoadSession session = new LoadSession(this, plan, number, conversations.open(number));
      try {
        session.start(selector);
      } catch (IOException e) {
        session.fail(e.getMessage());
      }
    }
  }

  @Override
  public void accept(SelectionKey key) {
    LoadSession session = (LoadSession) key.attachment();
    try {
      session.onReady(key);
    } catch (IOException | ViolationException e) {
      session.fail(e.getMessage());
    }
  }

  private void failOverdue(long nowNs) {
    for (SelectionKey key : selector.keys()) {
      LoadSession session = (LoadSession) key.attachment();
      if (key.isValid() && session.isOverdue(nowNs)) {
        session.fail("no answer within " + plan.timeLimit().toMillis() + " ms");
      }
    }
  }

  private void closeAll() throws IOException {
    for (SelectionKey key : selector.keys()) {
      key.channel().close();
    }
  }

  void latency(long nanoseconds) {
    latencies.recordValue(nanoseconds);
  }

  void completed() {
    completed++;
  }

  void failed(String failure) {
    failed++;
    if (firstFailures.size() < LoadResult.FAILURES_KEPT) {
      firstFailures.add(failure);
    }
  }
}
