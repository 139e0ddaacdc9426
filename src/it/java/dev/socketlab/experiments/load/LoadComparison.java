package dev.socketlab.experiments.load;

import dev.socketlab.artifact.Table;
import dev.socketlab.compare.RankTest;
import dev.socketlab.compare.Separation;
import dev.socketlab.qsl.gateway.TransportKind;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;

/** What the trials say about each two transports: only what they separate. */
final class LoadComparison {

  private LoadComparison() {}

  private record Statement(String response, TransportKind one, TransportKind other) {}

  static Table table(List<LoadTrial> trials) {
    List<Statement> statements = new ArrayList<>();
    List<Separation> found = new ArrayList<>();
    compare("CPU per session", LoadTrial::servingMicros, trials, statements, found);
    compare("sessions/s", LoadTrial::sessionsPerSecond, trials, statements, found);
    List<Separation> judged = Separation.holm(found);
    Table table =
        Table.named("Compared: each two transports, over all numbers of clients")
            .key("response")
            .key("transport")
            .column("is", "", "lower or higher in that response")
            .key("than")
            .column("pairs", "", "of trials with the same number of clients and round")
            .column("p", "", "two-sided, corrected for all rows");
    for (int i = 0; i < judged.size(); i++) {
      Statement statement = statements.get(i);
      Separation separation = judged.get(i);
      table =
          table.row(
              statement.response(),
              statement.one().label(),
              words(separation),
              statement.other().label(),
              separation.first(),
              String.format(Locale.ROOT, "%.2g", separation.pValue()));
    }
    return table;
  }

  private static String words(Separation separation) {
    return switch (separation.order()) {
      case FIRST_LOWER -> "lower";
      case FIRST_HIGHER -> "higher";
      case NOT_SEPARABLE -> separation.enoughTrials() ? "not separable" : "too few trials";
    };
  }

  private static void compare(
      String response,
      ToDoubleFunction<LoadTrial> value,
      List<LoadTrial> trials,
      List<Statement> statements,
      List<Separation> found) {
    List<TransportKind> transports =
        trials.stream()
            .map(LoadTrial::transport)
            .distinct()
            .filter(kind -> DoubleStream.of(values(kind, value, trials)).allMatch(Double::isFinite))
            .sorted()
            .toList();
    for (int i = 0; i < transports.size(); i++) {
      for (int k = i + 1; k < transports.size(); k++) {
        statements.add(new Statement(response, transports.get(i), transports.get(k)));
        found.add(
            RankTest.paired(
                values(transports.get(i), value, trials),
                values(transports.get(k), value, trials)));
      }
    }
  }

  private static double[] values(
      TransportKind transport, ToDoubleFunction<LoadTrial> value, List<LoadTrial> trials) {
    return trials.stream()
        .filter(trial -> trial.transport() == transport)
        .sorted(Comparator.comparingInt(LoadTrial::clients).thenComparingInt(LoadTrial::number))
        .mapToDouble(value)
        .toArray();
  }
}
