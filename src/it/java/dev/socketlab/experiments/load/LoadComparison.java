package dev.socketlab.experiments.load;

import static dev.socketlab.artifact.Column.informational;
import static dev.socketlab.artifact.Column.key;

import dev.socketlab.artifact.Table;
import dev.socketlab.compare.RankTest;
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
      String response, TransportKind one, TransportKind other, RankTest.Separation found) {}

  static Table table(List<LoadTrial> trials) {
    List<Statement> statements = new ArrayList<>();
    statements.addAll(compare("CPU per session", LoadTrial::servingMicros, trials));
    statements.addAll(compare("sessions/s", LoadTrial::sessionsPerSecond, trials));
    List<RankTest.Separation> judged =
        RankTest.Separation.holm(statements.stream().map(Statement::found).toList());
    Table.Builder table =
        Table.named(
            "Compared: each two transports, over all numbers of clients",
            key("response"),
            key("transport"),
            informational("is").meaning("lower or higher in that response"),
            key("than"),
            informational("pairs").meaning("of trials with the same number of clients and round"),
            informational("p").meaning("two-sided, corrected for all rows"));
    for (int i = 0; i < judged.size(); i++) {
      Statement statement = statements.get(i);
      RankTest.Separation separation = judged.get(i);
      table.row(
          statement.response(),
          statement.one().label(),
          words(separation),
          statement.other().label(),
          separation.first(),
          String.format(Locale.ROOT, "%.2g", separation.pValue()));
    }
    return table.build();
  }

  private static String words(RankTest.Separation separation) {
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
        RankTest.Separation found =
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
