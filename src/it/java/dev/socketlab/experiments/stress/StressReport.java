package dev.socketlab.experiments.stress;

import static dev.socketlab.artifact.Column.exact;
import static dev.socketlab.artifact.Column.informational;
import static dev.socketlab.artifact.Column.key;
import static dev.socketlab.artifact.Column.noisy;

import dev.socketlab.artifact.Cell;
import dev.socketlab.artifact.Plot;
import dev.socketlab.artifact.Table;
import dev.socketlab.experiment.Report;
import dev.socketlab.experiments.stress.Burst.Mode;
import dev.socketlab.probe.UdpTruesize;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;

/** The tables of {@code socket-stress} and how to read them. */
final class StressReport {

  private static final String UNREADABLE = "this system has no table of drops for each socket";

  private static final String RACE = "Race: the subscriber drains while the publisher sends";
  private static final String STALLED = "Stalled: the burst is sent, then drained";
  private static final String LOSS = "Stalled: loss against the granted buffer";

  private StressReport() {}

  static void fill(Report report, List<Burst> bursts, List<UdpTruesize> charges) {
    report.table(summary(RACE, Mode.RACE, bursts)).table(summary(STALLED, Mode.STALLED, bursts));
    if (!charges.isEmpty()) {
      report
          .table(retention(bursts, charges.getFirst()))
          .table(prediction(bursts, charges.getFirst()))
          .plot(
              Plot.lines("Loss against the granted buffer, and what the charge predicts", LOSS)
                  .x("granted")
                  .y("predicted")
                  .y("lost/trial")
                  .withLogX());
    }
    report.plot(
        Plot.lines("Loss of a race against the granted buffer", RACE)
            .x("effective")
            .y("lost/trial")
            .withLogX());
    report
        .table(everyTrial(bursts))
        .howToRead(
            "lost = published - received is the authoritative loss. It is attributed twice,"
                + " independently: by the kernel (drops of that very socket) and by the sequence"
                + " numbers (gaps in the interior, before the first and after the last datagram"
                + " read). Where a column ends in /trial, the figures of the trials stand side by"
                + " side.")
        .howToRead(
            "Race counts depend on scheduling and are reported, not asserted. Stalled counts are"
                + " deterministic: what is retained is what the granted buffer holds, each datagram"
                + " charged with its truesize rather than its payload.");
  }

  private static Table summary(String title, Mode mode, List<Burst> bursts) {
    boolean stalled = mode == Mode.STALLED;
    Table.Builder table =
        Table.named(
            title,
            key("setting"),
            informational("requested")
                .in("bytes")
                .meaning("SO_RCVBUF asked for; 0 is the system's default"),
            exact("effective").in("bytes").meaning("what the kernel granted, in its own number"),
            exact("published").in("datagrams"),
            (stalled ? exact("lost/trial") : noisy("lost/trial")).in("datagrams"),
            informational("maxlost"),
            informational("seq-gaps/trial").meaning("interior gaps"),
            (stalled ? exact("kernel drops/trial") : informational("kernel drops/trial"))
                .meaning("drops of the subscriber's socket"),
            informational("head/trial"),
            informational("tail/trial"),
            informational("peak queued")
                .in("bytes")
                .meaning("most seen in the socket's queue, at the kernel's charge"));
    Map<BufferLevel, List<Burst>> byLevel = byLevel(mode, bursts);
    for (Map.Entry<BufferLevel, List<Burst>> entry : byLevel.entrySet()) {
      List<Burst> trials = entry.getValue();
      Burst first = trials.getFirst();
      table.row(
          entry.getKey().setting(),
          entry.getKey().requestedBytes(),
          first.grantedBytes(),
          first.published(),
          perTrial(trials, Burst::lost),
          trials.stream().mapToLong(Burst::lost).max().orElseThrow(),
          perTrial(trials, Burst::interiorGaps),
          first.socketDrops().isPresent()
              ? perTrial(trials, burst -> burst.socketDrops().orElseThrow())
              : Cell.notAvailable(UNREADABLE),
          perTrial(trials, Burst::headLoss),
          perTrial(trials, Burst::tailLoss),
          first.peakQueuedBytes().isPresent()
              ? trials.stream()
                  .mapToLong(b -> b.peakQueuedBytes().orElseThrow())
                  .max()
                  .orElseThrow()
              : Cell.notAvailable(UNREADABLE));
    }
    return table.build();
  }

  private static Table retention(List<Burst> bursts, UdpTruesize charge) {
    Table.Builder table =
        Table.named(
            "Stalled: what the buffer holds",
            key("setting"),
            exact("granted").in("bytes"),
            exact("truesize")
                .in("bytes")
                .meaning("the kernel's charge for one datagram, measured in this run"),
            exact("predicted").in("datagrams").meaning("max(1, granted / truesize), at most all"),
            key("published").in("datagrams"),
            exact("retained/trial").in("datagrams"));
    List<Burst> stalled = bursts.stream().filter(burst -> burst.mode() == Mode.STALLED).toList();
    Map<String, List<Burst>> rows =
        stalled.stream()
            .collect(
                Collectors.groupingBy(
                    burst -> burst.level().setting() + " " + burst.published(),
                    LinkedHashMap::new,
                    Collectors.toList()));
    for (List<Burst> trials : rows.values()) {
      Burst first = trials.getFirst();
      table.row(
          first.level().setting(),
          first.grantedBytes(),
          charge.bytesPerDatagram(),
          Math.min(first.published(), charge.retainedBy(first.grantedBytes())),
          first.published(),
          perTrial(trials, Burst::received));
    }
    return table.build();
  }

  private static Table prediction(List<Burst> bursts, UdpTruesize charge) {
    Table.Builder table =
        Table.named(
            LOSS,
            key("setting"),
            exact("granted").in("bytes"),
            exact("predicted").in("datagrams").meaning("published less max(1, granted / truesize)"),
            exact("lost/trial").in("datagrams"));
    for (Map.Entry<BufferLevel, List<Burst>> entry : byLevel(Mode.STALLED, bursts).entrySet()) {
      Burst first = entry.getValue().getFirst();
      long retained = charge.retainedBy(first.grantedBytes());
      table.row(
          entry.getKey().setting(),
          first.grantedBytes(),
          Math.max(0, first.published() - retained),
          perTrial(entry.getValue(), Burst::lost));
    }
    return table.build();
  }

  private static Table everyTrial(List<Burst> bursts) {
    Table.Builder table =
        Table.named(
            "Every trial",
            key("mode"),
            key("setting"),
            key("trial"),
            informational("granted").in("bytes"),
            key("published"),
            informational("received"),
            informational("lost"),
            informational("kernel drops"),
            informational("interior"),
            informational("head"),
            informational("tail"),
            informational("peak queued").in("bytes"));
    for (Burst burst : bursts) {
      table.row(
          burst.mode().toString(),
          burst.level().setting(),
          burst.trial(),
          burst.grantedBytes(),
          burst.published(),
          burst.received(),
          burst.lost(),
          cell(burst.socketDrops()),
          burst.interiorGaps(),
          burst.headLoss(),
          burst.tailLoss(),
          cell(burst.peakQueuedBytes()));
    }
    return table.build();
  }

  private static Cell cell(OptionalLong value) {
    return value.isPresent() ? Cell.whole(value.getAsLong()) : Cell.notAvailable(UNREADABLE);
  }

  private static Map<BufferLevel, List<Burst>> byLevel(Mode mode, List<Burst> bursts) {
    return bursts.stream()
        .filter(burst -> burst.mode() == mode && !SocketStressExperiment.isCalibrated(burst))
        .collect(Collectors.groupingBy(Burst::level, LinkedHashMap::new, Collectors.toList()));
  }

  private static Cell perTrial(List<Burst> trials, ToLongFunction<Burst> figure) {
    return Cell.series(trials.stream().mapToLong(figure).toArray());
  }
}
