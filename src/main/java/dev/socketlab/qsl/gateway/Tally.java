package dev.socketlab.qsl.gateway;

import java.util.concurrent.atomic.AtomicLong;

/** Counts what happens in a transport, on any thread, and knows the connection cap. */
final class Tally {
  private final long mostOpen;
  private final AtomicLong accepted = new AtomicLong();
  private final AtomicLong shed = new AtomicLong();
  private final AtomicLong ended = new AtomicLong();
  private final AtomicLong dropped = new AtomicLong();
  private final AtomicLong failed = new AtomicLong();
  private final AtomicLong acceptFailures = new AtomicLong();

  Tally(int mostOpen) {
    this.mostOpen = mostOpen;
  }

  boolean isFull() {
    return open() >= mostOpen;
  }

  void accepted() {
    accepted.incrementAndGet();
  }

  void shed() {
    shed.incrementAndGet();
  }

  void ended(Session session) {
    if (session.state() == Session.State.DROPPED) {
      dropped.incrementAndGet();
    }
    ended.incrementAndGet();
  }

  void failed() {
    failed.incrementAndGet();
  }

  void acceptFailed() {
    acceptFailures.incrementAndGet();
  }

  GatewayCounters counters() {
    // Read in this order, no session is seen to end that has not been seen to start.
    long endedNow = ended.get();
    long acceptedNow = accepted.get();
    return new GatewayCounters(
        acceptedNow,
        shed.get(),
        acceptedNow - endedNow,
        dropped.get(),
        failed.get(),
        acceptFailures.get());
  }

  private long open() {
    return accepted.get() - ended.get();
  }
}
