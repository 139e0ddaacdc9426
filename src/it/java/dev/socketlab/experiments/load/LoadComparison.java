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

  private record Statement(
      String response, TransportKind one, TransportKind other, Separation found) {}

  static Table table(List<LoadTrial> trials) {
    List<Statement> statements = new ArrayList<>();
    statements.addAll(compare("CPU per session", LoadTrial::servingMicros, trials));
    statements.addAll(compare("sessions/s", LoadTrial::sessionsPerSecond, trials));
    List<Separation> judged = Separation.holm(statements.stream().map(Statement::found).toList());
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

  private static List<Statement> compare(
      String response, ToDoubleFunction<LoadTrial> value, List<LoadTrial> trials) {
    List<Statement> statements = new ArrayList<>();
    List<TransportKind> transports =
        trials.stream()
            .map(LoadTrial::transport)
            .distinct()
            .filter(kind -> DoubleStream.of(values(kind, value, trials)).allMatch(Double::isFinite))
            .sorted()
            .toList();
    for (int i = 0; i < transports.size(); i++) {
      for (int k = i + 1; k < transports.size(); k++) {
        TransportKind one = transports.get(i);
        TransportKind other = transports.get(k);
        Separation found =
            RankTest.paired(values(one, value, trials), values(other, value, trials));
        statements.add(new Statement(response, one, other, found));
      }
    }
    return statements;
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
