package dev.socketlab.experiments.load;

import dev.socketlab.experiments.GatewayThreads;
import dev.socketlab.ledger.TcpLedger;
import dev.socketlab.load.Bottleneck;
import dev.socketlab.load.LoadResult;
import dev.socketlab.probe.ProcessUsage;
import dev.socketlab.probe.ThreadRoles;
import dev.socketlab.probe.ThreadUsage;
import dev.socketlab.qsl.gateway.TransportKind;
import java.time.Duration;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * What one trial has seen: one gateway, first a burst, then connections held, then clients in a
 * loop, then a burst again.
 *
 * @param transport the gateway's transport
 * @param clients how many at a time
 * @param number of the trial
 * @param firstBurst the burst on a gateway that has served nobody yet
 * @param held what connections cost that are held open
 * @param sustained the loop
 * @param used what the gateway used during the measured part of the loop
 * @param burst the burst on a warm gateway
 * @param threadsLeft how many threads the gateway had when nobody was connected any more
 * @param ledger the kernel's, over all of it
 */
record LoadTrial(
    TransportKind transport,
    int clients,
    int number,
    LoadResult firstBurst,
    Held held,
    LoadResult sustained,
    ProcessUsage.Delta used,
    LoadResult burst,
    int threadsLeft,
    TcpLedger ledger)
    implements Observed {

  /**
   * Connections that are all open at the same time.
   *
   * @param result their one round trip each
   * @param servingThreads how many of the gateway's threads served them
   * @param before resident memory before the first of them, in KiB
   * @param idle when all were accepted and had said nothing
   * @param active when each had made a round trip
   */
  record Held(LoadResult result, int servingThreads, long before, long idle, long active) {}

  @Override
  public Stream<LoadResult> results() {
    return Stream.of(firstBurst, held.result(), sustained, burst);
  }

  double sessionsPerSecond() {
    return sustained.perSecond();
  }

  /** CPU time of the serving threads for each session, in µs; exact, from schedstat. */
  double servingMicros() {
    return serving().runNs() / 1_000.0 / sustained.completed();
  }

  /** CPU time of the whole process for each session, in µs, its compiler threads included. */
  double processMicros() {
    return used.threads().total().runNs() / 1_000.0 / sustained.completed();
  }

  /** CPU time of the driver for each session, in µs. */
  double driverMicros() {
    return sustained.driverCpu().toNanos() / 1_000.0 / sustained.completed();
  }

  double switchesPerSession() {
    return (double) serving().voluntarySwitches() / sustained.completed();
  }

  Bottleneck bottleneck() {
    int serving =
        switch (transport) {
          case THREADED -> clients + 1;
          case VIRTUAL -> Runtime.getRuntime().availableProcessors();
          default -> 1;
        };
    return Bottleneck.of(sustained, Duration.ofNanos(serving().runNs()), serving);
  }

  private ThreadUsage.Group serving() {
    return Objects.requireNonNull(
        used.threads().byRole(GatewayThreads.ROLES).get(ThreadRoles.Role.SERVING));
  }

  @Override
  public String toString() {
    return transport + " with " + clients + " clients, trial " + number;
  }
}
