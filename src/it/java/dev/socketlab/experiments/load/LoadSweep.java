package dev.socketlab.experiments.load;

import static dev.socketlab.assertion.LabAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.socketlab.experiment.Factor;
import dev.socketlab.experiment.Inconclusive;
import dev.socketlab.experiment.Lab;
import dev.socketlab.experiment.Mechanism;
import dev.socketlab.experiment.Trial;
import dev.socketlab.experiment.Trials;
import dev.socketlab.experiments.GatewayThreads;
import dev.socketlab.gate.GateFinding;
import dev.socketlab.ledger.TcpLedger;
import dev.socketlab.load.Failures;
import dev.socketlab.load.LoadResult;
import dev.socketlab.probe.ProtocolCounters;
import dev.socketlab.qsl.app.GatewayMain;
import dev.socketlab.qsl.gateway.TransportKind;
import dev.socketlab.subject.Subject;
import dev.socketlab.subject.SubjectBuilder;
import java.io.IOException;
import java.util.ArrayList;
import java.util.IntSummaryStatistics;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Order;

/** Transports × numbers of clients, and what must hold of each cell. */
abstract class LoadSweep implements LoadParameters {

  /**
   * A gateway lives for a second: what the second compiler and a collector with threads of its own
   * would gain comes later, what they cost now.
   */
  private static final String[] STARTS_EARLY = {"-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"};

  /**
   * Without Unsafe, Netty links native functions at its start, for a third of its CPU time; for the
   * flight recorder it makes the event classes of its buffers, in the first session.
   */
  private static final String[] NETTY_STARTS_EARLY = {
    "--sun-misc-unsafe-memory-access=allow",
    "-Dio.netty.noUnsafe=false",
    "-Dio.netty.jfr.enabled=false"
  };

  /** A JVM's own threads, and some. */
  private static final int OTHER_THREADS = 50;

  private static final int LEAST_BACKLOG = 1_024;
  private static final String SHARED = "the network is shared: its counters count others, too";

  private final List<LoadTrial> trials = new ArrayList<>();
  private final List<PacedTrial> paced = new ArrayList<>();
  private int ports;

  List<TransportKind> transports(Lab lab) {
    return Stream.of(TransportKind.values())
        .filter(kind -> lab.isOpen(kind.label(), finding(kind)))
        .toList();
  }

  private static GateFinding finding(TransportKind kind) {
    return kind.unavailability()
        .map(GateFinding::closed)
        .orElseGet(() -> GateFinding.open("can run here"));
  }

  abstract List<Integer> clients(Lab lab);

  /** The gateway; controls put mutants in its place. */
  SubjectBuilder gateway(Lab lab, TransportKind transport, int backlog) {
    int port = lab.get(PORT);
    return lab.java(
            GatewayMain.class,
            port == 0 ? "{port}" : Integer.toString(port + ports++),
            transport.label(),
            Integer.toString(backlog))
        .named("gateway-" + transport.label())
        .jvmFlags(STARTS_EARLY)
        .jvmFlags(GatewayThreads.KEEP_COMPILERS)
        .jvmFlags(NETTY_STARTS_EARLY)
        .readyWhen("listening on 127\\.0\\.0\\.1:(\\d+) transport=" + transport.label());
  }

  @Trials(parameter = "socketlab.load.trials", orderSeed = "socketlab.load.seed")
  @Order(1)
  void load(
      @Factor("transports") TransportKind transport,
      @Factor("clients") int clients,
      Trial trial,
      Lab lab)
      throws IOException {
    Subject gateway = gateway(lab, transport, Math.max(LEAST_BACKLOG, clients)).start();
    ProtocolCounters before = ProtocolCounters.read();
    GatewayLoad load = new GatewayLoad(gateway, clients);
    LoadResult firstBurst = load.burst();
    LoadTrial.Held held = load.held();
    GatewayLoad.Sustained sustained = load.sustained(Math.max(clients, lab.get(SESSIONS)));
    LoadResult burst = load.burst();
    long measured = sustained.result().planned();
    long planned = 3L * clients + GatewayLoad.warmUp(measured) + measured;
    List<LoadResult> results = List.of(firstBurst, held.result(), sustained.result(), burst);
    long completed = results.stream().mapToLong(LoadResult::completed).sum();
    LoadTrial observed =
        new LoadTrial(
            transport,
            clients,
            trial.number(),
            firstBurst,
            held,
            sustained.result(),
            sustained.used(),
            burst,
            load.threadsLeft(plausibleThreads(clients, completed)),
            ledger(trial, planned, results, before, lab));
    failIfPartial(gateway, observed, lab);
    trials.add(observed);
    trial.result(
        "%.0f sessions/s, %.0f µs of CPU each"
            .formatted(observed.sessionsPerSecond(), observed.servingMicros()));
  }

  @Trials(orderSeed = "socketlab.load.seed")
  @Order(2)
  void paced(@Factor("transports") TransportKind transport, Trial trial, Lab lab)
      throws IOException {
    int perSecond = lab.get(RATE);
    Subject gateway = gateway(lab, transport, LEAST_BACKLOG).start();
    ProtocolCounters before = ProtocolCounters.read();
    LoadResult result = GatewayLoad.paced(gateway, perSecond);
    TcpLedger ledger = ledger(trial, 2 * result.planned(), List.of(result), before, lab);
    PacedTrial observed = new PacedTrial(transport, perSecond, result, ledger);
    failIfPartial(gateway, observed, lab);
    paced.add(observed);
    trial.result(
        "p99 %d µs from the intended start"
            .formatted(result.latencies().getValueAtPercentile(99) / 1_000));
  }

  /** The ledger of all sessions that did not fail, those of the warm-up included. */
  private static TcpLedger ledger(
      Trial trial, long planned, List<LoadResult> results, ProtocolCounters before, Lab lab) {
    long failed = results.stream().mapToLong(result -> result.failures().total()).sum();
    TcpLedger.Builder ledger = TcpLedger.titled(trial.toString()).completed(planned - failed);
    return lab.hasPrivateNetwork()
        ? ledger.counters(ProtocolCounters.settledSince(before)).build()
        : ledger.countersAbsent(SHARED).build();
  }

  /**
   * Sessions that are missing make the run invalid, unless that is allowed. Wrong replies do not:
   * they are an observation.
   */
  private static void failIfPartial(Subject gateway, Observed trial, Lab lab) {
    if (trial.failures() > trial.violations() && !lab.get(ALLOW_PARTIAL)) {
      List<Failures> failures = trial.results().map(LoadResult::failures).toList();
      throw new IllegalStateException(
          gateway.describe(
              "sessions were not completed (%s allows that): %s; the first are %s"
                  .formatted(
                      ALLOW_PARTIAL.key(),
                      failures.stream().map(Failures::summary).collect(Collectors.joining(", ")),
                      failures.stream().flatMap(some -> some.first().stream()).limit(3).toList())));
    }
  }

  private List<Observed> all() {
    return Stream.<Observed>concat(trials.stream(), paced.stream()).toList();
  }

  @Mechanism("every session completes, N of N in every cell")
  @Order(1)
  void everySessionCompletes(Lab lab) {
    List<Observed> partial = all().stream().filter(trial -> !trial.isComplete()).toList();
    if (!partial.isEmpty() && lab.get(ALLOW_PARTIAL)) {
      throw new Inconclusive("PARTIAL: " + partial);
    }
    assertThat(partial).as("trials with sessions that were not completed").isEmpty();
    lab.evidence(
        "%d sessions in %d trials"
            .formatted(all().stream().mapToLong(Observed::completed).sum(), all().size()));
  }

  @Mechanism("every reply is right, in order, and of its own session")
  @Order(2)
  void everyReplyIsRight(Lab lab) {
    for (Observed trial : all()) {
      assertThat(trial.violations())
          .as(
              "replies that the protocol does not allow, %s: %s",
              trial, trial.results().flatMap(r -> r.failures().first().stream()).toList())
          .isZero();
    }
    lab.evidence("in %d trials".formatted(all().size()));
  }

  @Mechanism(
      "the kernel's ledger balances: a connection for each session, none dropped or reset, no segment"
          + " lost")
  @Order(3)
  void kernelBooksBalance(Lab lab) {
    if (!lab.hasPrivateNetwork()) {
      throw new Inconclusive(SHARED);
    }
    List<TcpLedger> ledgers = all().stream().map(Observed::ledger).toList();
    long balanced = ledgers.stream().filter(ledger -> ledger.ledger().balances()).count();
    ledgers.forEach(
        ledger -> assertThat(ledger).as("%d of %d balance", balanced, ledgers.size()).balance());
    lab.evidence("%d of %d ledgers balance".formatted(balanced, ledgers.size()));
  }

  @Mechanism("threads follow the model: one for each connection, or as many as ever")
  @Order(4)
  void threadsFollowTheModel(Lab lab) {
    Map<TransportKind, Map<Integer, IntSummaryStatistics>> found = new TreeMap<>();
    for (LoadTrial trial : trials) {
      int threads = trial.held().servingThreads();
      found
          .computeIfAbsent(trial.transport(), _ -> new TreeMap<>())
          .computeIfAbsent(trial.clients(), _ -> new IntSummaryStatistics())
          .accept(threads);
      var serving = assertThat(threads).as("serving threads while held, %s", trial);
      switch (trial.transport()) {
        case THREADED -> serving.isGreaterThanOrEqualTo(trial.clients());
        case VIRTUAL -> serving.isLessThanOrEqualTo(mostCarriers());
        default -> serving.isEqualTo(1);
      }
    }
    lab.evidence(
        found.entrySet().stream()
            .map(transport -> transport.getKey() + " " + ranges(transport.getValue()))
            .collect(Collectors.joining("; ", "clients:threads, ", "")));
  }

  private static String ranges(Map<Integer, IntSummaryStatistics> threadsByClients) {
    return threadsByClients.entrySet().stream()
        .map(cell -> cell.getKey() + ":" + range(cell.getValue()))
        .collect(Collectors.joining(" "));
  }

  private static String range(IntSummaryStatistics threads) {
    return threads.getMin() == threads.getMax()
        ? Integer.toString(threads.getMin())
        : threads.getMin() + "-" + threads.getMax();
  }

  @Mechanism("threads do not grow with sessions: less than one for ten")
  @Order(5)
  void threadsDoNotGrowWithSessions(Lab lab) {
    int most = 0;
    for (LoadTrial trial : trials) {
      most = Math.max(most, trial.threadsLeft());
      assertThat(trial.threadsLeft())
          .as("threads of the gateway after %d sessions, %s", trial.completed(), trial)
          .isLessThan(plausibleThreads(trial.clients(), trial.completed()));
    }
    lab.evidence("at most %d threads".formatted(most));
  }

  private static int plausibleThreads(int clients, long sessions) {
    return Math.toIntExact(2L * clients + OTHER_THREADS + sessions / 10);
  }

  private static int mostCarriers() {
    return 2 * Runtime.getRuntime().availableProcessors() + 4;
  }

  @AfterAll
  void report(Lab lab) {
    LoadReport.fill(lab.report(), trials, paced);
  }
}
