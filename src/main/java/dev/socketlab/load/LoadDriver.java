package dev.socketlab.load;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;

/**
 * Runs a load plan. All sockets are opened on the calling thread, or on threads that it starts, so
 * that a thread in a private network loads that network. What fails is counted, and the load goes
 * on.
 *
 * {@snippet :
 * LoadResult result =
 *     LoadDriver.run(LoadPlan.closedLoop(server.address(), 16, 20_000), EchoConversation::new);
 * }
 */
@API(status = Status.EXPERIMENTAL, since = "0.1")
public final class LoadDriver {
  private final LoadPlan plan;
  private final LoadListener listener;
  private final DriverThreads threads;

  private LoadDriver(LoadPlan plan, LoadListener listener, DriverThreads threads) {
    this.plan = plan;
    this.listener = listener;
    this.threads = threads;
  }

  /**
   * Run a plan to its end.
   *
   * @param plan how much, and how
   * @param conversations makes the conversation of each session; with several driver threads, on
   *     each of them
   * @return what came of it; failed sessions are in it and throw nothing
   * @throws IOException if no selector can be opened, or the calling thread is interrupted
   */
  public static LoadResult run(LoadPlan plan, Conversation.Source conversations)
      throws IOException {
    return run(plan, conversations, new LoadListener() {});
  }

  /**
   * Run a plan to its end, with calls between its parts.
   *
   * @param plan how much, and how
   * @param conversations makes the conversation of each session; with several driver threads, on
   *     each of them
   * @param listener is called between the parts
   * @return what came of it; failed sessions are in it and throw nothing
   * @throws IOException if no selector can be opened, the calling thread is interrupted, or the
   *     listener throws it
   */
  public static LoadResult run(
      LoadPlan plan, Conversation.Source conversations, LoadListener listener) throws IOException {
    long deadlineNs = System.nanoTime() + plan.deadline().toNanos();
    List<DriverLoop> loops = new ArrayList<>();
    try {
      for (int i = 0; i < Math.min(plan.threads(), plan.shape().concurrency()); i++) {
        loops.add(DriverLoop.open(plan, conversations, deadlineNs));
      }
      return new LoadDriver(plan, listener, new DriverThreads(loops)).run();
    } finally {
      for (DriverLoop loop : loops) {
        loop.close();
      }
    }
  }

  private LoadResult run() throws IOException {
    List<Tally> measured =
        switch (plan.shape()) {
          case LoadPlan.Shape.Burst burst -> burst(burst);
          case LoadPlan.Shape.ClosedLoop loop -> closedLoop(loop);
          case LoadPlan.Shape.Persistent persistent -> persistent(persistent);
          case LoadPlan.Shape.OpenLoop loop ->
              loop.persistent() ? openLoopPersistent(loop) : openLoop(loop);
        };
    return Tally.merged(plan, measured, threads.failures());
  }

  private List<Tally> burst(LoadPlan.Shape.Burst shape) throws IOException {
    int all = shape.clients();
    return measure((loop, share) -> Starts.closed(share, all, 0, all, loop::sessionInAWave));
  }

  private List<Tally> closedLoop(LoadPlan.Shape.ClosedLoop shape) throws IOException {
    int clients = shape.clients();
    long warmUp = shape.warmUp();
    threads.run((loop, share) -> Starts.closed(share, clients, 0, warmUp, loop::session));
    return measure(
        (loop, share) -> Starts.closed(share, clients, warmUp, shape.sessions(), loop::session));
  }

  private List<Tally> persistent(LoadPlan.Shape.Persistent shape) throws IOException {
    connect(shape.connections());
    if (shape.warmUp() > 0) {
      threads.run((loop, _) -> onEachIdle(loop, shape.warmUp()));
    }
    List<Tally> measured = measure((loop, _) -> onEachIdle(loop, shape.roundTrips()));
    disconnect();
    return measured;
  }

  private static Starts onEachIdle(DriverLoop loop, long roundTrips) {
    return Starts.once(
        loop.idleCount(),
        (_, startNs) -> loop.onIdle(startNs, (session, ns) -> session.roundTrips(roundTrips, ns)));
  }

  private List<Tally> openLoop(LoadPlan.Shape.OpenLoop shape) throws IOException {
    paced(shape, 0, shape.warmUp());
    return measure(() -> paced(shape, shape.warmUp(), shape.starts()));
  }

  private List<Tally> openLoopPersistent(LoadPlan.Shape.OpenLoop shape) throws IOException {
    connect(shape.outstanding());
    List<Tally> measured = openLoop(shape);
    disconnect();
    return measured;
  }

  private List<Tally> paced(LoadPlan.Shape.OpenLoop shape, long firstNumber, long total)
      throws IOException {
    Pace pace = Pace.fromNow(shape.perSecond());
    return threads.run((loop, share) ->
        shape.persistent()
            ? Starts.paced(share, pace, loop.idleCount(), firstNumber, total, loop::roundTripOnIdle)
            : Starts.paced(
                share, pace, share.of(shape.outstanding()), firstNumber, total, loop::session));
  }

  private void connect(int connections) throws IOException {
    threads.run(
        (loop, share) -> Starts.closed(share, connections, 0, connections, loop::connection));
    listener.connected();
  }

  private void disconnect() throws IOException {
    threads.run((loop, _) ->
        Starts.once(
            loop.idleCount(),
            (_, startNs) -> loop.onIdle(startNs, (session, ns) -> session.end())));
  }

  private interface Part {
    List<Tally> run() throws IOException;
  }

  private List<Tally> measure(DriverThreads.Work work) throws IOException {
    return measure(() -> threads.run(work));
  }

  private List<Tally> measure(Part part) throws IOException {
    listener.beforeMeasurement();
    List<Tally> measured = part.run();
    listener.afterMeasurement();
    return measured;
  }
}
