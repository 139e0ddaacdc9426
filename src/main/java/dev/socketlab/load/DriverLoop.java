package dev.socketlab.load;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.ObjLongConsumer;

/**
 * The engine of one driver thread: a selector and the sessions on it. Its sessions share two direct
 * buffers; one that must keep bytes over a call has a buffer of its own for so long.
 */
final class DriverLoop implements Consumer<SelectionKey>, AutoCloseable {
  private static final long LONGEST_TICK_MS = 50;

  private final LoadPlan plan;
  private final Conversation.Source conversations;
  private final Selector selector;
  private final long deadlineNs;
  private final long tickMs;
  private final ByteBuffer in;
  private final ByteBuffer out;
  private final Wait wait;
  private final ArrayDeque<LoadSession> idle = new ArrayDeque<>();
  private final FailureLog failures = new FailureLog();
  private Tally tally = new Tally(System.nanoTime());
  private long inFlight;
  private volatile boolean stopped;

  private DriverLoop(
      LoadPlan plan, Conversation.Source conversations, Selector selector, long deadlineNs) {
    this.plan = plan;
    this.conversations = conversations;
    this.selector = selector;
    this.deadlineNs = deadlineNs;
    this.tickMs = Math.clamp(plan.timeLimit().toMillis() / 4, 1, LONGEST_TICK_MS);
    this.in = ByteBuffer.allocateDirect(plan.bufferBytes());
    this.out = ByteBuffer.allocateDirect(plan.bufferBytes());
    this.wait = new Wait(selector, this, tickMs);
  }

  static DriverLoop open(LoadPlan plan, Conversation.Source conversations, long deadlineNs)
      throws IOException {
    return new DriverLoop(plan, conversations, Selector.open(), deadlineNs);
  }

  /** Start what there is to start, and go on until all of it has ended or the deadline passes. */
  Tally run(Starts starts) throws IOException {
    tally = new Tally(starts.beginNs());
    long lastTickNs = System.nanoTime();
    while (true) {
      long waitNs = starts.startDue(this);
      if (starts.remaining() == 0 && inFlight == 0) {
        return tally.end();
      }
      wait.forAnswers(waitNs, inFlight);
      long nowNs = System.nanoTime();
      if (nowNs - deadlineNs >= 0) {
        expire(starts);
        return tally.end();
      }
      if (nowNs - lastTickNs >= tickMs * 1_000_000) {
        lastTickNs = nowNs;
        failOverdue(nowNs);
      }
      if (stopped || Thread.currentThread().isInterrupted()) {
        throw new InterruptedIOException("interrupted: the load is not complete");
      }
    }
  }

  /** Let {@link #run} throw. For any thread. */
  void stop() {
    stopped = true;
    selector.wakeup();
  }

  private void failOverdue(long nowNs) {
    for (SelectionKey key : selector.keys()) {
      LoadSession session = (LoadSession) key.attachment();
      if (key.isValid() && session.isOverdue(nowNs)) {
        session.fail(
            Failures.Kind.TIMED_OUT, "no answer within " + plan.timeLimit().toMillis() + " ms");
      }
    }
  }

  private void expire(Starts starts) {
    String words = "the deadline of " + plan.deadline().toMillis() + " ms has passed";
    for (SelectionKey key : selector.keys()) {
      LoadSession session = (LoadSession) key.attachment();
      if (key.isValid() && !session.isIdle()) {
        session.fail(Failures.Kind.DEADLINE, words);
      }
    }
    if (starts.remaining() > 0) {
      failed(Failures.Kind.DEADLINE, starts.remaining(), "not started: " + words);
    }
  }

  /** Open a connection and talk as soon as it is there. */
  void session(long number, long startNs) {
    open(number, startNs, false, true);
  }

  /** Open a connection and let others be opened before it talks. */
  void sessionInAWave(long number, long startNs) {
    open(number, startNs, false, false);
  }

  /** Open a connection and keep it, idle. */
  void connection(long number, long startNs) {
    open(number, startNs, true, false);
  }

  private void open(long number, long startNs, boolean persistent, boolean atOnce) {
    LoadSession session =
        new LoadSession(this, plan, number, conversations.open(number), persistent, startNs);
    inFlight++;
    try {
      session.start(selector, atOnce);
    } catch (IOException e) {
      session.fail(Failures.Kind.of(e), String.valueOf(e.getMessage()));
    }
  }

  /** Make one round trip on the connection that has been idle longest; there must be one. */
  void roundTripOnIdle(long number, long startNs) {
    onIdle(startNs, (session, ns) -> session.roundTrips(1, ns));
  }

  /** Let the connection that has been idle longest do something; there must be one. */
  void onIdle(long startNs, ObjLongConsumer<LoadSession> action) {
    inFlight++;
    action.accept(Objects.requireNonNull(idle.poll(), "no idle connection"), startNs);
  }

  long idleCount() {
    return idle.size();
  }

  @Override
  public void accept(SelectionKey key) {
    ((LoadSession) key.attachment()).onReady(key);
  }

  ByteBuffer in() {
    return in.clear();
  }

  ByteBuffer out() {
    return out.clear();
  }

  long inFlight() {
    return inFlight;
  }

  void lag(long nanoseconds) {
    tally.lag(nanoseconds);
  }

  void completed(long latencyNs) {
    tally.completed(latencyNs);
  }

  void ended() {
    inFlight--;
  }

  void parked(LoadSession session) {
    inFlight--;
    idle.add(session);
  }

  void lostWhileIdle(LoadSession session) {
    idle.remove(session);
  }

  void failed(Failures.Kind kind, long count, String words) {
    failures.add(kind, count, words);
  }

  Failures failures() {
    return failures.failures();
  }

  @Override
  public void close() throws IOException {
    for (SelectionKey key : selector.keys()) {
      key.channel().close();
    }
    selector.close();
  }

  /** The failures of one driver thread, while they come in. */
  private static final class FailureLog {
    private final Map<Failures.Kind, Long> byKind = new EnumMap<>(Failures.Kind.class);
    private final List<String> first = new ArrayList<>();

    void add(Failures.Kind kind, long count, String words) {
      byKind.merge(kind, count, Long::sum);
      if (first.size() < Failures.KEPT) {
        first.add(words);
      }
    }

    Failures failures() {
      return new Failures(byKind, first);
    }
  }
}
