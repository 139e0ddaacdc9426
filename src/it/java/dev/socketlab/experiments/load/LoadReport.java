package dev.socketlab.experiments.load;

import static dev.socketlab.artifact.Column.exact;
import static dev.socketlab.artifact.Column.informational;
import static dev.socketlab.artifact.Column.key;
import static dev.socketlab.artifact.Column.noisy;

import dev.socketlab.artifact.Cell;
import dev.socketlab.artifact.Plot;
import dev.socketlab.artifact.Table;
import dev.socketlab.experiment.Report;
import dev.socketlab.load.LoadResult;
import dev.socketlab.qsl.gateway.TransportKind;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import org.HdrHistogram.Histogram;

/** The tables of {@code socket-load} and how to read them. */
final class LoadReport {

  private static final String BURSTS = "Bursts: all clients connect at once, one session each";
  private static final String SUSTAINED =
      "Sustained: clients in a loop of sessions, after a warm-up";
  private static final String NOTHING_COMPLETED = "no session was completed";

  private LoadReport() {}

  static void fill(Report report, List<LoadTrial> trials, List<PacedTrial> paced) {
    List<List<LoadTrial>> cells = cells(trials);
    report
        .table(bursts(cells))
        .table(sustained(cells))
        .table(latencies(cells))
        .table(paced(paced))
        .table(held(cells))
        .table(LoadComparison.table(trials))
        .plot(
            Plot.lines("Sessions per second", SUSTAINED)
                .x("clients")
                .y("sessions/s")
                .by("transport")
                .withLogX())
        .plot(
            Plot.lines("The gateway's CPU time for each session", SUSTAINED)
                .x("clients")
                .y("CPU")
                .by("transport")
                .withLogX())
        .plot(
            Plot.lines("Connections per second of the best burst", BURSTS)
                .x("clients")
                .y("conns/s")
                .by("mode")
                .withLogX())
        .howToRead(
            "Driver and gateway share this machine's processors: a session's wall time contains"
                + " both. CPU time of the serving threads is the gateway's own, exact, and what a"
                + " transport is to be judged by. Bottleneck says who had no time left: where it is"
                + " the driver, sessions/s are the driver's.")
        .howToRead(
            "A statement about two transports needs trials that separate: pairs of the same number"
                + " of clients and the same round, Wilcoxon's signed ranks, p-values exact and"
                + " corrected by Holm for the number of statements in the table. Not separable is"
                + " no statement that they are equal.");
  }

  /** The trials of each transport and number of clients, in that order. */
  private static List<List<LoadTrial>> cells(List<LoadTrial> trials) {
    Map<TransportKind, Map<Integer, List<LoadTrial>>> cells =
        trials.stream()
            .sorted(Comparator.comparingInt(LoadTrial::number))
            .collect(
                Collectors.groupingBy(
                    LoadTrial::transport,
                    TreeMap::new,
                    Collectors.groupingBy(LoadTrial::clients, TreeMap::new, Collectors.toList())));
    return cells.values().stream().flatMap(byClients -> byClients.values().stream()).toList();
  }

  private static Table bursts(List<List<LoadTrial>> cells) {
    Table.Builder table =
        Table.named(
            BURSTS,
            key("mode"),
            key("clients"),
            informational("wall best")
                .in("µs")
                .meaning("from the first connect to the last end; best of the trials"),
            informational("conns/s").meaning("clients / wall best, about"),
            exact("completed").meaning("sessions of the trials' bursts, of those planned"),
            informational("first wall")
                .in("µs")
                .meaning("best burst on a gateway that has served nobody yet"),
            informational("partial"));
    for (List<LoadTrial> cell : cells) {
      long bestNs = bestWallNs(cell, LoadTrial::burst);
      long completed = cell.stream().mapToLong(trial -> trial.burst().completed()).sum();
      long planned = cell.stream().mapToLong(trial -> trial.burst().planned()).sum();
      table.row(
          cell.getFirst().transport().label(),
          cell.getFirst().clients(),
          bestNs / 1_000,
          Math.round(cell.getFirst().clients() * 1e9 / bestNs),
          completed + "/" + planned,
          bestWallNs(cell, LoadTrial::firstBurst) / 1_000,
          cell.stream().allMatch(LoadTrial::isComplete) ? "" : "PARTIAL");
    }
    return table.build();
  }

  private static long bestWallNs(List<LoadTrial> cell, Function<LoadTrial, LoadResult> load) {
    return cell.stream().mapToLong(trial -> load.apply(trial).wall().toNanos()).min().orElseThrow();
  }

  private static Table sustained(List<List<LoadTrial>> cells) {
    Table.Builder table =
        Table.named(
            SUSTAINED,
            key("transport"),
            key("clients"),
            noisy("sessions/s").meaning("each trial"),
            noisy("CPU").in("µs/session").meaning("of the serving threads, each trial"),
            noisy("process")
                .in("µs/session")
                .meaning("of all threads, compilers included, each trial"),
            informational("switches")
                .in("/session")
                .meaning("voluntary, of the serving threads; mean of the trials"),
            noisy("driver").in("µs/session").meaning("CPU time of the driver, each trial"),
            informational("bottleneck").meaning("the side without CPU time left, each trial"));
    for (List<LoadTrial> cell : cells) {
      table.row(
          cell.getFirst().transport().label(),
          cell.getFirst().clients(),
          rounded(cell, LoadTrial::sessionsPerSecond),
          rounded(cell, LoadTrial::servingMicros),
          rounded(cell, LoadTrial::processMicros),
          mean(cell, LoadTrial::switchesPerSession),
          rounded(cell, LoadTrial::driverMicros),
          cell.stream()
              .map(trial -> trial.bottleneck().side().toString().toLowerCase(Locale.ROOT))
              .distinct()
              .collect(Collectors.joining(" ")));
    }
    return table.build();
  }

  private static Table latencies(List<List<LoadTrial>> cells) {
    Table.Builder table =
        Table.named(
            "Sustained: how long a session took its client",
            key("transport"),
            key("clients"),
            informational("p50").in("µs").meaning("all trials together, connecting included"),
            informational("p99").in("µs"),
            informational("max").in("µs"));
    for (List<LoadTrial> cell : cells) {
      Histogram all = new Histogram(cell.getFirst().sustained().latencies());
      all.reset();
      cell.forEach(trial -> all.add(trial.sustained().latencies()));
      table.row(
          cell.getFirst().transport().label(),
          cell.getFirst().clients(),
          all.getValueAtPercentile(50) / 1_000,
          all.getValueAtPercentile(99) / 1_000,
          all.getMaxValue() / 1_000);
    }
    return table.build();
  }

  private static Table paced(List<PacedTrial> paced) {
    Table.Builder table =
        Table.named(
            "Open loop: sessions at a fixed rate, whatever the gateway does",
            key("transport"),
            key("rate").in("sessions/s"),
            exact("completed").meaning("sessions, of those planned"),
            informational("p50").in("µs").meaning("from the intended start, connecting included"),
            informational("p99").in("µs"),
            informational("max").in("µs"),
            informational("driver late")
                .in("µs")
                .meaning("p99 of how late the driver itself started a session"),
            informational("partial"));
    for (PacedTrial trial :
        paced.stream().sorted(Comparator.comparing(PacedTrial::transport)).toList()) {
      LoadResult result = trial.result();
      table.row(
          trial.transport().label(),
          trial.perSecond(),
          result.completed() + "/" + result.planned(),
          result.latencies().getValueAtPercentile(50) / 1_000,
          result.latencies().getValueAtPercentile(99) / 1_000,
          result.latencies().getMaxValue() / 1_000,
          result.startLag().getValueAtPercentile(99) / 1_000,
          result.isComplete() ? "" : "PARTIAL");
    }
    return table.build();
  }

  private static Table held(List<List<LoadTrial>> cells) {
    Table.Builder table =
        Table.named(
            "Held: connections that are open at the same time",
            key("transport"),
            key("connections"),
            informational("serving")
                .in("threads")
                .meaning("when each has made a round trip; each trial"),
            noisy("idle").in("KiB").meaning("growth of resident memory, all accepted; each trial"),
            noisy("active").in("KiB").meaning("growth when each has made a round trip; each trial"),
            exact("overflows").in("SYNs").meaning("dropped by a full accept queue; all trials"));
    for (List<LoadTrial> cell : cells) {
      table.row(
          cell.getFirst().transport().label(),
          cell.getFirst().clients(),
          rounded(cell, trial -> trial.held().servingThreads()),
          rounded(cell, trial -> trial.held().idle() - trial.held().before()),
          rounded(cell, trial -> trial.held().active() - trial.held().before()),
          overflows(cell));
    }
    return table.build();
  }

  private static Cell overflows(List<LoadTrial> cell) {
    List<OptionalLong> counted =
        cell.stream()
            .map(trial -> trial.ledger().ledger().account("ListenOverflows").value())
            .toList();
    return counted.stream().allMatch(OptionalLong::isPresent)
        ? Cell.whole(counted.stream().mapToLong(OptionalLong::orElseThrow).sum())
        : Cell.notAvailable("the network is shared");
  }

  private static Cell mean(List<LoadTrial> cell, ToDoubleFunction<LoadTrial> value) {
    double mean = cell.stream().mapToDouble(value).average().orElseThrow();
    return Double.isFinite(mean) ? Cell.decimal(mean, 2) : Cell.notAvailable(NOTHING_COMPLETED);
  }

  private static Cell rounded(List<LoadTrial> cell, ToDoubleFunction<LoadTrial> value) {
    if (!cell.stream().mapToDouble(value).allMatch(Double::isFinite)) {
      return Cell.notAvailable(NOTHING_COMPLETED);
    }
    return Cell.series(cell.stream().map(trial -> Math.round(value.applyAsDouble(trial))).toList());
  }
}
